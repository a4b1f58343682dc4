import {
  countJobsAnswerSchema,
  countJobsSchema,
  jobsTableSchema,
  listJobsAnswerSchema,
  listJobsSchema,
} from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { csvFile, errors, jobsTag } from './route-schemas.ts';
import { attachFile, sendStream, whenGone } from './send-stream.ts';

/** The routes to lists of jobs. */
export const jobListRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/jobs',
    {
      schema: {
        ...jobsTag,
        summary: 'List jobs, newest first unless told',
        querystring: listJobsSchema,
        response: { 200: listJobsAnswerSchema, ...errors },
      },
    },
    ({ query }) => services.listJobs(query),
  );

  app.get(
    '/api/jobs/counts',
    {
      schema: {
        ...jobsTag,
        summary: 'Count the jobs that match, by state',
        querystring: countJobsSchema,
        response: { 200: countJobsAnswerSchema, ...errors },
      },
    },
    ({ query }) => services.countJobs(query),
  );

  app.get(
    '/api/jobs/list.csv',
    {
      schema: {
        ...jobsTag,
        summary: 'All jobs that match, or of those only some, as CSV',
        querystring: jobsTableSchema,
        response: { 200: csvFile, ...errors },
      },
    },
    async ({ query }, reply) =>
      sendStream(
        attachFile(reply, { name: 'jobs.csv', format: 'csv' }),
        services.exportJobs(query, whenGone(reply)),
      ),
  );
};
