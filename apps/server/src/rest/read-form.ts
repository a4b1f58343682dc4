import { BatchdeskError, SCOPE_LIMITS } from '@batchdesk/shared';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

/** A form that is coming in. */
export interface IncomingForm {
  /** Texts by name; complete when `file` has been read to its end. */
  fields: Record<string, string>;
  file: IncomingFile | null;
}

/** A file that is coming in. */
export interface IncomingFile {
  filename: string;
  /** Ends with an error when the form is wrong or was cut: nothing of it may be used then. */
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * Reads a multipart form of at most one file, named `file`, and fields before or after it. How large it may be is up to
 * the `scope` of the route.
 *
 * @throws {BatchdeskError} `unknown_parameter` for a part that is not expected, `invalid_value` for a second one,
 * `payload_too_large`
 */
export async function readForm(request: FastifyRequest, names: readonly string[]): Promise<IncomingForm> {
  const maxBytes = SCOPE_LIMITS[request.routeOptions.config.scope ?? 'batch'].bodyBytes;
  const parts = request.parts({ limits: { fileSize: maxBytes, files: 2 } });
  const fields: Record<string, string> = {};

  function take({ fieldname, value }: { fieldname: string; value: unknown }): void {
    if (!names.includes(fieldname)) throw new BatchdeskError('unknown_parameter', { param: fieldname });
    if (Object.hasOwn(fields, fieldname)) refuseSecond(fieldname);
    fields[fieldname] = String(value);
  }

  async function* readToEnd(part: MultipartFile): AsyncGenerator<Uint8Array> {
    yield* part.file;
    // Past the limit the parser ends the file without an error.
    if (part.file.truncated) {
      throw new BatchdeskError('payload_too_large', { details: { max_bytes: maxBytes } });
    }
    for await (const later of stayOpen(parts)) {
      if (later.type === 'field') take(later);
      else refuseFile(later.fieldname);
    }
  }

  for await (const part of stayOpen(parts)) {
    if (part.type === 'field') take(part);
    else if (part.fieldname !== 'file') refuseFile(part.fieldname);
    else return { fields, file: { filename: part.filename, bytes: readToEnd(part) } };
  }
  return { fields, file: null };
}

function refuseFile(name: string): never {
  if (name === 'file') refuseSecond(name);
  throw new BatchdeskError('unknown_parameter', { param: name });
}

function refuseSecond(name: string): never {
  throw new BatchdeskError('invalid_value', { param: name, details: { reason: 'it is there twice.' } });
}

/** Leaving a `for await` loop would end the generator; here the rest of it is still needed. */
async function* stayOpen(parts: AsyncIterator<Multipart>): AsyncGenerator<Multipart> {
  for (let next = await parts.next(); !next.done; next = await parts.next()) yield next.value;
}
