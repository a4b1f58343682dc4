import { batchIdSchema, resultsQuerySchema } from '@batchdesk/shared';
import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { batchTag, errors } from './route-schemas.ts';

const file = z.any().meta({ type: 'string', description: 'One JSON object a line.' }) as z.ZodType<Readable>;
const jsonl = { description: 'The file.', content: { 'application/jsonl': { schema: file } } };

/** The routes to what came of the requests of a batch. */
export const resultRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/batch/:batch_id/results',
    {
      schema: {
        ...batchTag,
        summary: 'Download the results or the errors of a batch as JSONL',
        params: batchIdSchema,
        querystring: resultsQuerySchema,
        response: { 200: jsonl, ...errors },
      },
    },
    async ({ params, query }, reply) => {
      const { filename, bytes, stream } = await services.openResults(params.batch_id, query.type);
      return reply
        .type('application/jsonl')
        .header('content-disposition', `attachment; filename="${filename}"`)
        .header('content-length', bytes)
        .send(stream);
    },
  );
};
