import {
  batchAnswerSchema,
  batchIdSchema,
  getBatchAnswerSchema,
  getBatchQuerySchema,
  listBatchesAnswerSchema,
  listBatchesSchema,
} from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { batchTag, errors } from './route-schemas.ts';

/** The routes about batches as a whole. */
export const batchRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/batch/list',
    {
      schema: {
        ...batchTag,
        summary: 'List batches, newest first',
        querystring: listBatchesSchema,
        response: { 200: listBatchesAnswerSchema, ...errors },
      },
    },
    ({ query }) => services.listBatches(query),
  );

  app.get(
    '/api/batch/:batch_id',
    {
      schema: {
        ...batchTag,
        summary: 'Get a batch',
        params: batchIdSchema,
        querystring: getBatchQuerySchema,
        response: { 200: getBatchAnswerSchema, ...errors },
      },
    },
    async ({ params, query }) => ({
      success: true as const,
      ...(await services.getBatch({ ...params, ...query })),
    }),
  );

  app.post(
    '/api/batch/:batch_id/cancel',
    {
      schema: {
        ...batchTag,
        summary: 'Cancel a batch',
        params: batchIdSchema,
        response: { 200: batchAnswerSchema, ...errors },
      },
    },
    async ({ params }) => ({ success: true as const, batch: await services.cancelBatch(params.batch_id) }),
  );
};
