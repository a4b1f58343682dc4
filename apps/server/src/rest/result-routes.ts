import { basename, dirname } from 'node:path';
import {
  batchIdSchema,
  listRequestsAnswerSchema,
  listRequestsQuerySchema,
  resultsQuerySchema,
  searchQuerySchema,
} from '@batchdesk/shared';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { batchTag, errors, matches, resultFile } from './route-schemas.ts';
import { COPY_OPTIONS, attachFile, sendStream, toLines, whenGone } from './send-stream.ts';

/** The routes to what came of the requests of a batch. */
export const resultRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await app.register(fastifyStatic, { serve: false });

  app.get(
    '/api/batch/:batch_id/results',
    {
      schema: {
        ...batchTag,
        summary: 'Download the results or the errors of a batch, or both in input order, as JSONL or CSV',
        params: batchIdSchema,
        querystring: resultsQuerySchema,
        response: { 200: resultFile, 206: resultFile, ...errors },
      },
    },
    async ({ params: { batch_id }, query, headers }, reply) => {
      const { type, format } = query;
      if (format === 'csv' || type === 'merged') {
        const chunks = await services.exportResults(batch_id, { type, format });
        return sendStream(attachFile(reply, { name: `${batch_id}_${type}.${format}`, format }), chunks);
      }
      // A part is cut from the whole.
      const results = await services.openResults(batch_id, { type, isWhole: headers.range !== undefined });
      attachFile(reply, { name: results.filename, format });
      if ('path' in results) {
        return reply.sendFile(basename(results.path), dirname(results.path), COPY_OPTIONS);
      }
      return sendStream(reply.header('content-length', results.bytes), results.stream);
    },
  );

  app.get(
    '/api/batch/:batch_id/requests',
    {
      schema: {
        ...batchTag,
        summary: 'List the requests of a batch and what became of each, in input order',
        params: batchIdSchema,
        querystring: listRequestsQuerySchema,
        response: { 200: listRequestsAnswerSchema, ...errors },
      },
    },
    ({ params, query }) => services.listRequests(params.batch_id, query),
  );

  app.get(
    '/api/batch/:batch_id/search',
    {
      schema: {
        ...batchTag,
        summary: 'Find a text in the results of a batch; each match is a line of JSONL',
        params: batchIdSchema,
        querystring: searchQuerySchema,
        response: { 200: matches, ...errors },
      },
    },
    async ({ params, query }, reply) => {
      const signal = whenGone(reply);
      const found = await services.searchResults(params.batch_id, { ...query, signal });
      return sendStream(reply.type('application/jsonl'), toLines(found));
    },
  );
};
