import {
  LIMITS,
  batchAnswerSchema,
  batchIdSchema,
  createBatchSchema,
  errorAnswerSchema,
  getBatchAnswerSchema,
  getBatchQuerySchema,
  healthSchema,
  listBatchesAnswerSchema,
  listBatchesSchema,
  resultsQuerySchema,
  statsAnswerSchema,
  uploadAnswerSchema,
} from '@batchdesk/shared';
import multipart from '@fastify/multipart';
import type { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { readUpload } from './read-upload.ts';

/** The form of an upload, as the description of the API shows it. */
const uploadFormSchema = z.object({
  file: z.any().meta({ type: 'string', format: 'binary', description: 'One request a line.' }),
  purpose: z.literal('batch').optional(),
});

const errors = { '4xx': errorAnswerSchema, '5xx': errorAnswerSchema };
const file = z.any().meta({ type: 'string', description: 'One JSON object a line.' }) as z.ZodType<Readable>;
const jsonl = { description: 'The file.', content: { 'application/jsonl': { schema: file } } };
const batch = { tags: ['batch'] };
const server = { tags: ['server'] };

/** The documented REST endpoints: schema and call, no rule. */
export const restRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await app.register(multipart);

  app.post(
    '/api/batch/create',
    {
      bodyLimit: LIMITS.intakeBodyBytes,
      schema: {
        ...batch,
        summary: 'Create a batch from a list of requests or an uploaded file',
        body: createBatchSchema,
        response: { 200: batchAnswerSchema, ...errors },
      },
    },
    async ({ body }) => ({ success: true as const, batch: await services.createBatch(body) }),
  );

  app.post(
    '/api/batch/upload',
    {
      bodyLimit: LIMITS.intakeBodyBytes,
      validatorCompiler: () => () => true, // the form is read as it streams in
      schema: {
        ...batch,
        summary: 'Upload a JSONL file',
        consumes: ['multipart/form-data'],
        body: uploadFormSchema,
        response: { 200: uploadAnswerSchema, ...errors },
      },
    },
    async (request) => ({
      success: true as const,
      file: await services.uploadFile(await readUpload(request)),
    }),
  );

  app.get(
    '/api/batch/list',
    {
      schema: {
        ...batch,
        summary: 'List batches, newest first',
        querystring: listBatchesSchema,
        response: { 200: listBatchesAnswerSchema, ...errors },
      },
    },
    ({ query }) => services.listBatches(query),
  );

  app.get(
    '/api/batch/stats',
    {
      schema: {
        ...batch,
        summary: 'Totals over all batches',
        response: { 200: statsAnswerSchema, ...errors },
      },
    },
    async () => ({ success: true as const, stats: await services.readStats() }),
  );

  app.get(
    '/api/batch/:batch_id',
    {
      schema: {
        ...batch,
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
        ...batch,
        summary: 'Cancel a batch',
        params: batchIdSchema,
        response: { 200: batchAnswerSchema, ...errors },
      },
    },
    async ({ params }) => ({ success: true as const, batch: await services.cancelBatch(params.batch_id) }),
  );

  app.get(
    '/api/batch/:batch_id/results',
    {
      schema: {
        ...batch,
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

  app.get(
    '/api/health',
    {
      schema: {
        ...server,
        summary: 'Whether the server works, and its provider',
        response: { 200: healthSchema, ...errors },
      },
    },
    () => services.health(),
  );
};
