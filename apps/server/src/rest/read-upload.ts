import { BatchdeskError } from '@batchdesk/shared';
import type { FastifyRequest } from 'fastify';
import type { IncomingFile } from './read-form.ts';
import { readForm } from './read-form.ts';

/**
 * The file of an upload: the one part of a form, or the body itself.
 *
 * @throws {BatchdeskError} `no_file`, `invalid_value` for a wrong field
 */
export async function readUpload(request: FastifyRequest, filename = 'batch.jsonl'): Promise<IncomingFile> {
  if (!request.isMultipart()) return { filename, bytes: request.body as AsyncIterable<Uint8Array> };
  const { fields, file } = await readForm(request, ['purpose']);
  if (!file) throw new BatchdeskError('no_file', { param: 'file' });
  return { filename: file.filename, bytes: endWith(file.bytes, () => checkPurpose(fields)) };
}

async function* endWith(bytes: AsyncIterable<Uint8Array>, check: () => void): AsyncGenerator<Uint8Array> {
  check(); // what came before the file is not read 200 MB later
  yield* bytes;
  check();
}

function checkPurpose({ purpose }: Record<string, string>): void {
  if (purpose === undefined || purpose === 'batch') return;
  const details = { reason: 'it has to be "batch".' };
  throw new BatchdeskError('invalid_value', { param: 'purpose', details });
}
