import {
  BATCH_ENDPOINTS,
  BatchdeskError,
  LIMITS,
  createBatchAnswerSchema,
  createBatchSchema,
  uploadAnswerSchema,
  validateInputSchema,
  validationAnswerSchema,
  validationErrorAnswerSchema,
} from '@batchdesk/shared';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptRequests, readBody } from '../http/accept-requests.ts';
import { checkMediaType } from '../http/check-media-type.ts';
import { logError, toErrorObject } from '../http/error-answer.ts';
import { parseWith } from '../http/field-error.ts';
import type { Services } from '../services.ts';
import { readRequests } from './read-requests.ts';
import { readUpload } from './read-upload.ts';
import { batchTag, errors } from './route-schemas.ts';

const JSONL_TYPES = ['application/jsonl', 'application/x-ndjson'];
const file = z.any().meta({ type: 'string', format: 'binary', description: 'One request a line.' });
const jsonl = Object.fromEntries(JSONL_TYPES.map((type) => [type, { schema: file }]));
const json = z.string().meta({ description: 'JSON.' }).optional();

/** The fields of `create` in a form. */
const createFormSchema = z.object({
  file,
  endpoint: z.enum(BATCH_ENDPOINTS),
  completion_window: z.literal('24h').optional(),
  metadata: json,
  output_expires_after: json,
});
const uploadFormSchema = z.object({ file, purpose: z.literal('batch').optional() });
const validateFormSchema = createFormSchema.partial({ endpoint: true });
const validateQuerySchema = z.object({ endpoint: z.enum(BATCH_ENDPOINTS).optional() });

/** Bodies are read as streams: what is described here is checked where they are read. */
const intake = { bodyLimit: LIMITS.intakeBodyBytes, validatorCompiler: () => () => true };

/** The routes that take inputs, of any size. */
export const intakeRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await app.register(multipart);
  app.addContentTypeParser(JSONL_TYPES, (_request, payload, done) => done(null, readBody(payload)));
  acceptRequests(app, services);
  checkMediaType(app);

  app.post(
    '/api/batch/create',
    {
      ...intake,
      config: { takes: ['application/json', 'multipart/form-data'] },
      schema: {
        ...batchTag,
        summary:
          'Create a batch from a list of requests, from a file that comes along, or from an uploaded one',
        body: {
          content: {
            'application/json': { schema: createBatchSchema },
            'multipart/form-data': { schema: createFormSchema },
          },
        },
        response: { 200: createBatchAnswerSchema, ...errors },
      },
    },
    async (request) => {
      const { fields, input } = await readRequests(request, services, createFormSchema);
      const { requests: _, ...command } = parseWith(createBatchSchema, fields);
      const created = await services.createBatch({ ...command, requests: input ?? undefined });
      return { success: true as const, ...created };
    },
  );

  app.post(
    '/api/batch/validate',
    {
      ...intake,
      config: { takes: ['application/json', 'multipart/form-data', ...JSONL_TYPES] },
      schema: {
        ...batchTag,
        summary: 'Check a list of requests or a file as create does, and send nothing',
        querystring: validateQuerySchema,
        body: {
          content: {
            'application/json': { schema: validateInputSchema },
            'multipart/form-data': { schema: validateFormSchema },
            ...jsonl,
          },
        },
        response: { 200: validationAnswerSchema, 400: validationErrorAnswerSchema, ...errors },
      },
    },
    async (request, reply) => {
      const { fields, input } = await readRequests(request, services, createFormSchema);
      parseWith(validateInputSchema, fields);
      if (!input) throw new BatchdeskError('missing_required_parameter', { param: 'requests' });
      const { validation, refusal } = services.validateInput(input.staged.summary, input.place);
      if (!refusal) return { success: true as const, validation };
      logError(request, refusal);
      const error = toErrorObject(refusal, request.id);
      return reply.code(400).send({ success: false as const, error, validation });
    },
  );

  app.post(
    '/api/batch/upload',
    {
      ...intake,
      config: { takes: ['multipart/form-data', ...JSONL_TYPES] },
      schema: {
        ...batchTag,
        summary: 'Upload a JSONL file',
        body: { content: { 'multipart/form-data': { schema: uploadFormSchema }, ...jsonl } },
        response: { 200: uploadAnswerSchema, ...errors },
      },
    },
    async (request) => ({
      success: true as const,
      ...(await services.uploadFile(await readUpload(request))),
    }),
  );
};
