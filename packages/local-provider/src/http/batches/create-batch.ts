import * as z from 'zod';

import { toBatchObject, type BatchObject } from '../../batches/batch-object.ts';
import { badRequest } from '../../api-error.ts';
import {
  answeredEndpoints,
  isAnsweredEndpoint,
  isUnansweredEndpoint,
  type Endpoint,
} from '../../endpoints.ts';
import { fileLifetimeSeconds } from '../../limits.ts';
import type { Call } from '../call.ts';
import { findFile } from '../files/find-file.ts';
import { invalidChoice, parseInput } from '../parse-input.ts';

const maxPairs = 16;
const maxKeyLength = 64;
const maxValueLength = 512;

const metadataSchema = z.record(z.string(), z.string()).superRefine((metadata, check) => {
  const pairs = Object.entries(metadata);
  if (pairs.length > maxPairs) check.addIssue(`at most ${maxPairs} pairs, but got ${pairs.length}.`);
  for (const [key, value] of pairs) {
    if (key.length > maxKeyLength) check.addIssue(`a key has at most ${maxKeyLength} characters.`);
    if (value.length <= maxValueLength) continue;
    check.addIssue({
      code: 'custom',
      path: [key],
      message: `a value has at most ${maxValueLength} characters.`,
    });
  }
});

const bodySchema = z.object({
  input_file_id: z.string(),
  endpoint: z.string(),
  completion_window: z.literal('24h'),
  metadata: metadataSchema.nullish(),
  output_expires_after: z
    .object({
      anchor: z.literal('created_at'),
      seconds: z.number().int().min(fileLifetimeSeconds.min).max(fileLifetimeSeconds.max),
    })
    .nullish(),
});

/** `POST /v1/batches`: stores a batch and begins to run it. */
export async function createBatch({ context, request }: Call): Promise<BatchObject> {
  const { batches, completionWindowMs, durations, files, ids, runner, script } = context;
  const body = parseInput(bodySchema, request.body);
  const endpoint = checkEndpoint(body.endpoint);
  const file = findFile(context, body.input_file_id);
  if (file.purpose !== 'batch') {
    const message = `Invalid file purpose: '${file.purpose}'. The input file of a batch needs the purpose 'batch'.`;
    throw badRequest(message, { param: 'input_file_id', code: 'invalid_value' });
  }
  const id = ids.batch(batches.has);
  await files.keepAs(file.id, batches.inputPath(id));
  const faults = script.takeForBatch();
  const createdAtMs = Date.now();
  const record = {
    id,
    order: batches.nextOrder(),
    endpoint,
    inputFileId: file.id,
    inputBytes: file.bytes,
    metadata: body.metadata ?? null,
    outputLifetimeSeconds: body.output_expires_after?.seconds,
    status: 'validating' as const,
    createdAtMs,
    expiresAtMs: createdAtMs + completionWindowMs,
    rowFaults: faults.rows,
    batchFaults: faults.batch,
  };
  batches.save(record);
  runner.start(id);
  return toBatchObject(record, durations.inProgressMs, createdAtMs);
}

function checkEndpoint(endpoint: string): Endpoint {
  if (isAnsweredEndpoint(endpoint)) return endpoint;
  if (!isUnansweredEndpoint(endpoint)) throw invalidChoice('endpoint', endpoint, answeredEndpoints);
  const message = `The local provider cannot answer requests to '${endpoint}': it calls no model and makes no images or videos.`;
  throw badRequest(message, { param: 'endpoint', code: 'invalid_value' });
}
