import { listPricesAnswerSchema, recostAnswerSchema, recostSchema, setPricesSchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { errors, serverTag } from './route-schemas.ts';

/** The routes about what models cost. */
export const priceRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/prices',
    {
      schema: {
        ...serverTag,
        summary: 'What models cost: the built-in prices and your own',
        response: { 200: listPricesAnswerSchema, ...errors },
      },
    },
    async () => ({ success: true as const, ...(await services.listPrices()) }),
  );

  app.put(
    '/api/prices',
    {
      schema: {
        ...serverTag,
        summary: 'Set your own prices, all of them',
        body: setPricesSchema,
        response: { 200: listPricesAnswerSchema, ...errors },
      },
    },
    async ({ body }) => ({ success: true as const, ...(await services.setPrices(body)) }),
  );

  app.post(
    '/api/prices/recost',
    {
      schema: {
        ...serverTag,
        summary: 'Cost batches again, with the prices as they are known now',
        body: recostSchema,
        response: { 200: recostAnswerSchema, ...errors },
      },
    },
    async ({ body }) => ({ success: true as const, ...(await services.recost(body)) }),
  );
};
