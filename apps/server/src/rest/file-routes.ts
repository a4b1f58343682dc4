import { basename, dirname } from 'node:path';
import {
  cleanUpFilesAnswerSchema,
  cleanUpFilesSchema,
  deleteFileAnswerSchema,
  deleteFileQuerySchema,
  fileIdSchema,
  fileTotalsAnswerSchema,
  listFilesAnswerSchema,
  listFilesSchema,
} from '@batchdesk/shared';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { errors, filesTag, jsonlFile } from './route-schemas.ts';
import { COPY_OPTIONS, attachFile, sendStream } from './send-stream.ts';

/** The routes about files, at the provider and here. */
export const fileRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await app.register(fastifyStatic, { serve: false });

  app.get(
    '/api/files',
    {
      schema: {
        ...filesTag,
        summary: 'List the files that are known here, newest first, and what uses them',
        querystring: listFilesSchema,
        response: { 200: listFilesAnswerSchema, ...errors },
      },
    },
    ({ query }) => services.listFiles(query),
  );

  app.get(
    '/api/files/totals',
    {
      schema: {
        ...filesTag,
        summary: 'How many files there are at the provider and here, and what of them nothing needs',
        response: { 200: fileTotalsAnswerSchema, ...errors },
      },
    },
    async () => ({ success: true as const, totals: await services.readFileTotals() }),
  );

  app.post(
    '/api/files/clean-up',
    {
      schema: {
        ...filesTag,
        summary: 'Delete the files that nothing needs any more, or say which those are',
        body: cleanUpFilesSchema.nullish(),
        response: { 200: cleanUpFilesAnswerSchema, ...errors },
      },
    },
    ({ body }) => services.cleanUpFiles(body ?? { dry_run: false }),
  );

  app.delete(
    '/api/files/:file_id',
    {
      schema: {
        ...filesTag,
        summary: 'Delete a file at the provider, our copy of it, or both',
        params: fileIdSchema,
        querystring: deleteFileQuerySchema,
        response: { 200: deleteFileAnswerSchema, ...errors },
      },
    },
    ({ params, query }) => services.deleteFile(params.file_id, query.where),
  );

  app.get(
    '/api/files/:file_id/content',
    {
      schema: {
        ...filesTag,
        summary: 'Download a file: our copy, or what the provider has',
        params: fileIdSchema,
        response: { 200: jsonlFile, 206: jsonlFile, ...errors },
      },
    },
    async ({ params, headers }, reply) => {
      // A part is cut from the whole.
      const file = await services.openFile(params.file_id, { isWhole: headers.range !== undefined });
      attachFile(reply, { name: file.filename, format: 'jsonl' });
      if ('path' in file) return reply.sendFile(basename(file.path), dirname(file.path), COPY_OPTIONS);
      return sendStream(reply.header('content-length', file.bytes), file.stream);
    },
  );
};
