import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';

import { badRequest } from '../../api-error.ts';
import { createUtf8Check } from '../../storage/utf8-check.ts';

/** A form that was received whole. */
export interface Upload {
  fields: Map<string, string>;
  /** What is at the path now; undefined if the form had no field named `file`. */
  file: { filename: string; bytes: number; isUtf8: boolean; isTooLarge: boolean } | undefined;
}

/**
 * Receives a multipart form, whatever the order of its fields, and writes its file to `path`.
 * Throws, with nothing left at `path`, if the form is malformed or the connection ends early.
 */
export async function receiveUpload(request: FastifyRequest, path: string): Promise<Upload> {
  if (!request.isMultipart()) throw badRequest('Expected a multipart/form-data body.');
  const upload: Upload = { fields: new Map(), file: undefined };
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') upload.fields.set(part.fieldname, String(part.value));
      else if (part.fieldname === 'file') upload.file = await receiveFile(part, path);
      else part.file.resume();
    }
    return upload;
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function receiveFile({ file, filename }: MultipartFile, path: string): Promise<Upload['file']> {
  const utf8 = createUtf8Check();
  let bytes = 0;
  async function* check(chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      utf8.push(chunk);
      yield chunk;
    }
  }
  await pipeline(file, check, createWriteStream(path, { flags: 'wx' }));
  // The parser ends the stream quietly at its limit, in the middle of whatever was there.
  return { filename, bytes, isUtf8: file.truncated || utf8.end(), isTooLarge: file.truncated };
}
