import {
  BatchdeskError,
  estimateAnswerSchema,
  estimateErrorAnswerSchema,
  validateInputSchema,
} from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { logError, toErrorObject } from '../http/error-answer.ts';
import { parseWith } from '../http/field-error.ts';
import type { Services } from '../services.ts';
import {
  JSONL_TYPES,
  acceptInputs,
  createFormSchema,
  jsonlBodies,
  validateFormSchema,
  validateQuerySchema,
} from './accept-inputs.ts';
import { readRequests } from './read-requests.ts';
import { batchTag, errors } from './route-schemas.ts';

/** The route that tells what an input of any size would cost. */
export const estimateRoute: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await acceptInputs(app, services);

  app.post(
    '/api/batch/estimate',
    {
      // The body is read as a stream: what is described here is checked where it is read.
      bodyLimit: Number.MAX_SAFE_INTEGER,
      validatorCompiler: () => () => true,
      config: {
        takes: ['application/json', 'multipart/form-data', ...JSONL_TYPES],
        scope: 'job',
        isEstimated: true,
      },
      schema: {
        ...batchTag,
        summary: 'Say what a list of requests or a file would cost, of any size, and send nothing',
        querystring: validateQuerySchema,
        body: {
          content: {
            'application/json': { schema: validateInputSchema },
            'multipart/form-data': { schema: validateFormSchema },
            ...jsonlBodies,
          },
        },
        response: { 200: estimateAnswerSchema, 400: estimateErrorAnswerSchema, ...errors },
      },
    },
    async (request, reply) => {
      const { fields, input } = await readRequests(request, services, createFormSchema);
      parseWith(validateInputSchema, fields);
      if (!input) throw new BatchdeskError('missing_required_parameter', { param: 'requests' });
      const { validation, refusal, estimate } = await services.estimateInput(input.staged, input.place);
      if (estimate) return { success: true as const, validation, estimate };
      logError(request, refusal!);
      const error = toErrorObject(refusal!, request.id);
      return reply.code(400).send({ success: false as const, error, validation });
    },
  );
};
