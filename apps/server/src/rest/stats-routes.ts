import { batchFiltersSchema, statsAnswerSchema, statsQuerySchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { batchTag, csvFile, errors } from './route-schemas.ts';
import { attachFile, sendStream, whenGone } from './send-stream.ts';

/** The routes to totals over batches, and to tables for spreadsheets. */
export const statsRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/batch/stats',
    {
      schema: {
        ...batchTag,
        summary: 'Totals over batches, with their cost; of a time, and by group',
        querystring: statsQuerySchema,
        response: { 200: statsAnswerSchema, ...errors },
      },
    },
    async ({ query }) => ({ success: true as const, stats: await services.readStats(query) }),
  );

  app.get(
    '/api/batch/stats.csv',
    {
      schema: {
        ...batchTag,
        summary: 'The same totals as CSV, a row for each group',
        querystring: statsQuerySchema,
        response: { 200: csvFile, ...errors },
      },
    },
    async ({ query }, reply) =>
      attachFile(reply, { name: 'stats.csv', format: 'csv' }).send(await services.exportStats(query)),
  );

  app.get(
    '/api/batch/list.csv',
    {
      schema: {
        ...batchTag,
        summary: 'All stored batches that match, newest first, as CSV',
        querystring: batchFiltersSchema,
        response: { 200: csvFile, ...errors },
      },
    },
    async ({ query }, reply) =>
      sendStream(
        attachFile(reply, { name: 'batches.csv', format: 'csv' }),
        services.exportBatches(query, whenGone(reply)),
      ),
  );
};
