import {
  jobIdSchema,
  jobResultsQuerySchema,
  listRequestsAnswerSchema,
  listRequestsQuerySchema,
} from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { errors, jobsTag, resultFile } from './route-schemas.ts';
import { attachFile, sendStream } from './send-stream.ts';

/** The routes to what came of the requests of a job. */
export const jobResultRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/jobs/:job_id/results',
    {
      schema: {
        ...jobsTag,
        summary: 'Download the results of a job that are there so far, in input order, as JSONL or CSV',
        params: jobIdSchema,
        querystring: jobResultsQuerySchema,
        response: { 200: resultFile, ...errors },
      },
    },
    async ({ params: { job_id }, query }, reply) => {
      const chunks = await services.exportJobResults(job_id, query);
      attachFile(reply, { name: `${job_id}_${query.type}.${query.format}`, format: query.format });
      return sendStream(reply, chunks);
    },
  );

  app.get(
    '/api/jobs/:job_id/requests',
    {
      schema: {
        ...jobsTag,
        summary: 'List the requests of a job and what became of each, in input order',
        params: jobIdSchema,
        querystring: listRequestsQuerySchema,
        response: { 200: listRequestsAnswerSchema, ...errors },
      },
    },
    ({ params, query }) => services.listJobRequests(params.job_id, query),
  );
};
