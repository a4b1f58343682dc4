import {
  jobErrorsAnswerSchema,
  jobIdSchema,
  jobResultsQuerySchema,
  jobSearchQuerySchema,
  listRequestsAnswerSchema,
  listRequestsQuerySchema,
} from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { errors, jobsTag, matches, resultFile } from './route-schemas.ts';
import { attachFile, sendStream, toLines, whenGone } from './send-stream.ts';

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

  app.get(
    '/api/jobs/:job_id/errors',
    {
      schema: {
        ...jobsTag,
        summary:
          'List what did not succeed in a job by error code, with a sample of each, and why batches failed',
        params: jobIdSchema,
        response: { 200: jobErrorsAnswerSchema, ...errors },
      },
    },
    ({ params }) => services.listJobErrors(params.job_id),
  );

  app.get(
    '/api/jobs/:job_id/search',
    {
      schema: {
        ...jobsTag,
        summary: 'Find a text in the requests of a job, in input order; each match is a line of JSONL',
        params: jobIdSchema,
        querystring: jobSearchQuerySchema,
        response: { 200: matches, ...errors },
      },
    },
    async ({ params, query }, reply) => {
      const signal = whenGone(reply);
      const found = await services.searchJob(params.job_id, { ...query, signal });
      return sendStream(reply.type('application/jsonl'), toLines(found));
    },
  );
};
