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
import { z } from 'zod';
import type { Services } from '../services.ts';
import { batchTag, errors } from './route-schemas.ts';
import { sendStream, whenGone } from './send-stream.ts';

const jsonl = z.any().meta({ type: 'string', description: 'One JSON object a line.' });
const csv = z.any().meta({ type: 'string', description: 'One row a request, after a row of names.' });
const jsonlContent = { 'application/jsonl': { schema: jsonl } };
const file = { description: 'The file.', content: { ...jsonlContent, 'text/csv': { schema: csv } } };
const matches = { description: 'The matches, as they are found.', content: jsonlContent };

/** Our copies never change; whoever has one asks whether it is still the same. */
const SEND_OPTIONS = { contentType: false, cacheControl: false, highWaterMark: 1 << 18 };

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
        response: { 200: file, 206: file, ...errors },
      },
    },
    async ({ params: { batch_id }, query, headers }, reply) => {
      const { type, format } = query;
      reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl');
      reply.header('cache-control', 'private, no-cache');
      const attach = (filename: string) =>
        reply.header('content-disposition', `attachment; filename="${filename}"`);
      if (format === 'csv' || type === 'merged') {
        const chunks = await services.exportResults(batch_id, { type, format });
        return sendStream(attach(`${batch_id}_${type}.${format}`), chunks);
      }
      // A part is cut from the whole.
      const results = await services.openResults(batch_id, { type, isWhole: headers.range !== undefined });
      attach(results.filename);
      if ('path' in results) {
        return reply.sendFile(basename(results.path), dirname(results.path), SEND_OPTIONS);
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

async function* toLines(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}
