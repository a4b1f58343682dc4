import {
  deleteJobAnswerSchema,
  deleteJobQuerySchema,
  getJobAnswerSchema,
  jobAnswerSchema,
  jobIdSchema,
  listEventsAnswerSchema,
  listEventsSchema,
  retryJobSchema,
} from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { idempotencyHeader, readIdempotencyKey } from '../http/idempotency-key.ts';
import type { Services } from '../services.ts';
import { errors, jobsTag } from './route-schemas.ts';

/** The routes about one job as a whole. */
export const jobRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/jobs/:job_id',
    {
      schema: {
        ...jobsTag,
        summary: 'Get a job, its submissions and what they wait for',
        params: jobIdSchema,
        response: { 200: getJobAnswerSchema, ...errors },
      },
    },
    async ({ params }) => ({ success: true as const, ...(await services.getJob(params.job_id)) }),
  );

  app.post(
    '/api/jobs/:job_id/cancel',
    {
      schema: {
        ...jobsTag,
        summary: 'Cancel a job: nothing more is sent, its batches are cancelled',
        params: jobIdSchema,
        response: { 200: jobAnswerSchema, ...errors },
      },
    },
    async ({ params }) => ({ success: true as const, job: await services.cancelJob(params.job_id) }),
  );

  app.post(
    '/api/jobs/:job_id/retry',
    {
      schema: {
        ...jobsTag,
        summary: 'Try again what did not succeed, or of that only what the body names',
        headers: idempotencyHeader,
        params: jobIdSchema,
        body: retryJobSchema.nullish(),
        response: { 200: jobAnswerSchema, ...errors },
      },
    },
    async ({ params, body, headers }) => {
      const idempotency_key = readIdempotencyKey(headers);
      return {
        success: true as const,
        job: await services.retryJob({ ...body, ...params, idempotency_key }),
      };
    },
  );

  app.get(
    '/api/jobs/:job_id/events',
    {
      schema: {
        ...jobsTag,
        summary: 'List what happened to a job, oldest first',
        params: jobIdSchema,
        querystring: listEventsSchema,
        response: { 200: listEventsAnswerSchema, ...errors },
      },
    },
    ({ params, query }) => services.listEvents(params.job_id, query),
  );

  app.delete(
    '/api/jobs/:job_id',
    {
      schema: {
        ...jobsTag,
        summary: 'Delete a job that has ended: its requests, its input and its results',
        params: jobIdSchema,
        querystring: deleteJobQuerySchema,
        response: { 200: deleteJobAnswerSchema, ...errors },
      },
    },
    ({ params, query }) => services.deleteJob(params.job_id, query),
  );
};
