import { LIMITS, batchAnswerSchema, createBatchSchema, uploadAnswerSchema } from '@batchdesk/shared';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { readUpload } from './read-upload.ts';
import { batchTag, errors } from './route-schemas.ts';

/** The form of an upload, as the description of the API shows it. */
const uploadFormSchema = z.object({
  file: z.any().meta({ type: 'string', format: 'binary', description: 'One request a line.' }),
  purpose: z.literal('batch').optional(),
});

/** The routes that take inputs. */
export const intakeRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await app.register(multipart);

  app.post(
    '/api/batch/create',
    {
      bodyLimit: LIMITS.intakeBodyBytes,
      schema: {
        ...batchTag,
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
        ...batchTag,
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
};
