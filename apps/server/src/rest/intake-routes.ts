import {
  BatchdeskError,
  LIMITS,
  createBatchAnswerSchema,
  createBatchSchema,
  uploadAnswerSchema,
  validateInputSchema,
  validationAnswerSchema,
  validationErrorAnswerSchema,
} from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { logError, toErrorObject } from '../http/error-answer.ts';
import { parseWith } from '../http/field-error.ts';
import { idempotencyHeader, readIdempotencyKey } from '../http/idempotency-key.ts';
import type { Services } from '../services.ts';
import {
  JSONL_TYPES,
  acceptInputs,
  createFormSchema,
  file,
  jsonlBodies,
  validateFormSchema,
  validateQuerySchema,
} from './accept-inputs.ts';
import { readRequests } from './read-requests.ts';
import { readUpload } from './read-upload.ts';
import { batchTag, errors } from './route-schemas.ts';

const uploadFormSchema = z.object({ file, purpose: z.literal('batch').optional() });

/** Bodies are read as streams: what is described here is checked where they are read. */
const intake = { bodyLimit: LIMITS.intakeBodyBytes, validatorCompiler: () => () => true };

/** The routes that take inputs, of any size. */
export const intakeRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await acceptInputs(app, services);

  app.post(
    '/api/batch/create',
    {
      ...intake,
      config: { takes: ['application/json', 'multipart/form-data'] },
      schema: {
        ...batchTag,
        summary:
          'Create a batch from a list of requests, from a file that comes along, or from an uploaded one',
        headers: idempotencyHeader,
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
      const idempotency_key = readIdempotencyKey(request.headers);
      const { fields, input } = await readRequests(request, services, createFormSchema);
      const { requests: _, ...command } = parseWith(createBatchSchema, fields);
      const requests = input ?? undefined;
      const created = await services.createBatch({ ...command, requests, idempotency_key });
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
            ...jsonlBodies,
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
        body: { content: { 'multipart/form-data': { schema: uploadFormSchema }, ...jsonlBodies } },
        response: { 200: uploadAnswerSchema, ...errors },
      },
    },
    async (request) => ({
      success: true as const,
      ...(await services.uploadFile(await readUpload(request))),
    }),
  );
};
