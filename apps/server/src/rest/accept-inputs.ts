import { BATCH_ENDPOINTS } from '@batchdesk/shared';
import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { acceptRequests, readBody } from '../http/accept-requests.ts';
import { checkMediaType } from '../http/check-media-type.ts';
import type { Services } from '../services.ts';

/** The media types of an input as a plain body. */
export const JSONL_TYPES = ['application/jsonl', 'application/x-ndjson'];

/** An input as the API describes it. */
export const file = z.any().meta({ type: 'string', format: 'binary', description: 'One request a line.' });
export const jsonlBodies = Object.fromEntries(JSONL_TYPES.map((type) => [type, { schema: file }]));

const json = z.string().meta({ description: 'JSON.' }).optional();

/** The fields of `create` in a form. */
export const createFormSchema = z.object({
  file,
  endpoint: z.enum(BATCH_ENDPOINTS),
  completion_window: z.literal('24h').optional(),
  metadata: json,
  output_expires_after: json,
});

/** The fields of `validate` and `estimate` in a form, and in the address beside a plain body. */
export const validateFormSchema = createFormSchema.partial({ endpoint: true });
export const validateQuerySchema = z.object({ endpoint: z.enum(BATCH_ENDPOINTS).optional() });

/** The fields of a job in a form, or in the address beside a plain body. */
export const jobFormSchema = createFormSchema.extend({
  name: z.string().optional(),
  retry: json,
  budget: json,
  completion_deadline: z.string().meta({ description: 'Unix seconds.' }).optional(),
});

/** Lets the routes of a plugin take inputs, of any size, as streams. */
export async function acceptInputs(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(multipart);
  app.addContentTypeParser(JSONL_TYPES, (_request, payload, done) => done(null, readBody(payload)));
  acceptRequests(app, services);
  checkMediaType(app);
}
