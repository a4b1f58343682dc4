import { listLimitsAnswerSchema, setLimitAnswerSchema, setLimitSchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { errors, serverTag } from './route-schemas.ts';

/** The routes about what may be enqueued of each model. */
export const limitRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/limits',
    {
      schema: {
        ...serverTag,
        summary: 'What may be enqueued of each model, and what is',
        response: { 200: listLimitsAnswerSchema, ...errors },
      },
    },
    async () => ({ success: true as const, data: await services.listLimits() }),
  );

  app.put(
    '/api/limits',
    {
      schema: {
        ...serverTag,
        summary: 'Set how many input tokens of a model may be enqueued',
        body: setLimitSchema,
        response: { 200: setLimitAnswerSchema, ...errors },
      },
    },
    async ({ body }) => ({ success: true as const, limit: await services.setLimit(body) }),
  );
};
