import { createJobSchema, jobAnswerSchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { parseWith } from '../http/field-error.ts';
import { idempotencyHeader, readIdempotencyKey } from '../http/idempotency-key.ts';
import type { Services } from '../services.ts';
import { JSONL_TYPES, acceptInputs, jobFormSchema, jsonlBodies } from './accept-inputs.ts';
import { readRequests } from './read-requests.ts';
import { errors, jobsTag } from './route-schemas.ts';

/** The route that takes jobs, of any size. */
export const jobIntakeRoute: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  await acceptInputs(app, services);

  app.post(
    '/api/jobs',
    {
      // The body is read as a stream: what is described here is checked where it is read.
      bodyLimit: Number.MAX_SAFE_INTEGER,
      validatorCompiler: () => () => true,
      config: { takes: ['application/json', 'multipart/form-data', ...JSONL_TYPES], scope: 'job' },
      schema: {
        ...jobsTag,
        summary:
          'Create a job from any number of requests, in a list, in a file that comes along, or in an uploaded one',
        headers: idempotencyHeader,
        querystring: jobFormSchema.omit({ file: true }).partial(),
        body: {
          content: {
            'application/json': { schema: createJobSchema },
            'multipart/form-data': { schema: jobFormSchema },
            ...jsonlBodies,
          },
        },
        response: { 200: jobAnswerSchema, ...errors },
      },
    },
    async (request) => {
      const idempotency_key = readIdempotencyKey(request.headers);
      const { fields, input } = await readRequests(request, services, jobFormSchema);
      const { requests: _, ...command } = parseWith(createJobSchema, fields);
      const job = await services.createJob({ ...command, requests: input ?? undefined, idempotency_key });
      return { success: true as const, job };
    },
  );
};
