import { BatchdeskError, isBatchEndpoint } from '@batchdesk/shared';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Services, StagedInput } from '../services.ts';
import { readForm } from './read-form.ts';

/** What came with a call that may bring requests along: as JSON, in a form, or as a plain body. */
export interface IncomingRequests {
  /** The other fields, still to be checked. */
  fields: unknown;
  /** The requests, checked, and what they are called in errors. */
  input: { staged: StagedInput; place: 'line' | 'element' } | null;
}

/** Fields of a form or an address that are JSON, and those that are a number. */
const JSON_FIELDS = ['metadata', 'output_expires_after', 'retry', 'budget'];
const NUMBER_FIELDS = ['completion_deadline'];

/**
 * Reads what came, whichever way, and checks it for the `scope` of the route. The input is let go after the answer unless it is kept.
 *
 * @throws {BatchdeskError} `unknown_parameter`, `invalid_value`, `upload_incomplete`
 */
export async function readRequests(
  request: FastifyRequest,
  services: Services,
  form: z.ZodObject,
): Promise<IncomingRequests> {
  const hasBody = request.isMultipart() || request.stagedInput !== null;
  const misplaced = Object.keys(form.shape).find((name) => Object.hasOwn(request.query as object, name));
  if (hasBody && misplaced !== undefined) {
    const details = {
      reason: 'it goes into the body; only with JSONL as the body it goes into the address.',
    };
    throw new BatchdeskError('invalid_value', { param: misplaced, details });
  }
  if (request.isMultipart()) return readFromForm(request, services, Object.keys(form.shape));
  if (request.stagedInput === null) return readFromBody(request, services);
  const { stagedInput: staged, body } = request;
  const hasList = typeof body === 'object' && body !== null && 'requests' in body;
  return { fields: body, input: hasList ? { staged, place: 'element' } : null };
}

async function readFromForm(
  request: FastifyRequest,
  services: Services,
  names: readonly string[],
): Promise<IncomingRequests> {
  const { fields, file } = await readForm(request, names);
  if (!file) throw new BatchdeskError('no_file', { param: 'file' });
  const input = await stage(request, services, { bytes: file.bytes, fields });
  return { fields: parseFields(fields), input };
}

async function readFromBody(request: FastifyRequest, services: Services): Promise<IncomingRequests> {
  const fields = request.query as Record<string, unknown>;
  const bytes = request.body as AsyncIterable<Uint8Array>;
  return { fields: parseFields(fields), input: await stage(request, services, { bytes, fields }) };
}

async function stage(
  request: FastifyRequest,
  services: Services,
  { bytes, fields }: { bytes: AsyncIterable<Uint8Array>; fields: Record<string, unknown> },
): Promise<IncomingRequests['input']> {
  const endpoint = () => (isBatchEndpoint(fields['endpoint']) ? fields['endpoint'] : undefined);
  const { scope, isEstimated } = request.routeOptions.config;
  const staged = await services.stageInput(bytes, { scope, isEstimated, endpoint });
  request.stagedInput = staged;
  return { staged, place: 'line' };
}

function parseFields(fields: Record<string, unknown>): Record<string, unknown> {
  const parsed: Record<string, unknown> = { ...fields };
  for (const name of JSON_FIELDS) {
    const text = fields[name];
    if (typeof text !== 'string') continue;
    try {
      parsed[name] = JSON.parse(text);
    } catch (cause) {
      const details = { reason: 'outside of a JSON body it has to be JSON in itself.' };
      throw new BatchdeskError('invalid_value', { param: name, details, cause });
    }
  }
  for (const name of NUMBER_FIELDS) {
    const text = fields[name];
    // What is no number is refused as what it is.
    if (typeof text === 'string' && /^\d+$/.test(text)) parsed[name] = Number(text);
  }
  return parsed;
}
