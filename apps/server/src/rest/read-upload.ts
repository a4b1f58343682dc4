import { BatchdeskError, LIMITS } from '@batchdesk/shared';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

/** A file that is coming in. */
export interface IncomingFile {
  filename: string;
  /** Ends with an error when the form is wrong or was cut: nothing of it may be used then. */
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads a multipart form with one file; fields may stand before or after it.
 *
 * @throws {BatchdeskError} `no_file`, `invalid_value` for a wrong field
 */
export async function readUpload(request: FastifyRequest): Promise<IncomingFile> {
  const parts = request.parts({ limits: { fileSize: LIMITS.intakeBodyBytes, files: 1 } });
  for await (const part of stayOpen(parts)) {
    if (part.type === 'file' && part.fieldname !== 'file') {
      throw new BatchdeskError('unknown_parameter', { param: part.fieldname });
    }
    if (part.type === 'file') return { filename: part.filename, bytes: readToEnd(part, parts) };
    checkField(part);
  }
  throw new BatchdeskError('no_file', { param: 'file' });
}

/** Leaving a `for await` loop would end the generator; here the rest of it is still needed. */
async function* stayOpen<T>(parts: AsyncIterator<T>): AsyncGenerator<T> {
  for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
}

async function* readToEnd(part: MultipartFile, rest: AsyncIterator<Multipart>): AsyncGenerator<Uint8Array> {
  yield* part.file;
  // Past the limit the parser ends the file without an error.
  if (part.file.truncated) {
    throw new BatchdeskError('payload_too_large', { details: { max_bytes: LIMITS.intakeBodyBytes } });
  }
  for await (const later of stayOpen(rest)) if (later.type === 'field') checkField(later);
}

function checkField({ fieldname, value }: { fieldname: string; value: unknown }): void {
  if (fieldname === 'purpose' && value === 'batch') return;
  if (fieldname === 'purpose') {
    throw new BatchdeskError('invalid_value', {
      param: 'purpose',
      details: { reason: 'it has to be "batch".' },
    });
  }
  throw new BatchdeskError('unknown_parameter', { param: fieldname });
}
