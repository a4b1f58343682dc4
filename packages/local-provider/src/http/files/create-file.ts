import { rm } from 'node:fs/promises';
import * as z from 'zod';

import { ApiError, badRequest } from '../../api-error.ts';
import { fileLifetimeSeconds, maxInputFileBytes } from '../../limits.ts';
import type { Call } from '../call.ts';
import { parseInput } from '../parse-input.ts';
import { toFileObject, type FileObject } from './file-object.ts';
import { receiveUpload, type Upload } from './receive-upload.ts';

const fieldsSchema = z.object({
  purpose: z.literal('batch'),
  expires_after: z
    .object({
      anchor: z.literal('created_at'),
      seconds: z.coerce.number().int().min(fileLifetimeSeconds.min).max(fileLifetimeSeconds.max),
    })
    .optional(),
});

/** `POST /v1/files`: stores a batch input file. 400 or 413 if OpenAI's Batch API would not take it. */
export async function createFile({ context, request }: Call): Promise<FileObject> {
  const { files, ids, script, visibility } = context;
  const path = files.unfinishedPath();
  const upload = await receiveUpload(request, path);
  try {
    const { lifetimeSeconds, filename, bytes } = checkUpload(upload);
    const id = ids.file(files.has);
    const record = await files.adopt(path, { id, bytes, filename, purpose: 'batch', lifetimeSeconds });
    const hidden = script.takeForUpload();
    if (hidden) visibility.hide(record.id, hidden);
    return toFileObject(record);
  } finally {
    await rm(path, { force: true });
  }
}

function checkUpload({ fields, file }: Upload) {
  const anchor = fields.get('expires_after[anchor]');
  const seconds = fields.get('expires_after[seconds]');
  const hasExpiry = anchor !== undefined || seconds !== undefined;
  const { expires_after } = parseInput(fieldsSchema, {
    purpose: fields.get('purpose'),
    ...(hasExpiry && { expires_after: { anchor, seconds } }),
  });
  if (!file) {
    throw badRequest("Missing required parameter: 'file'.", {
      param: 'file',
      code: 'missing_required_parameter',
    });
  }
  if (file.isTooLarge) {
    const message = `The batch input file is larger than the ${maxInputFileBytes} maximum.`;
    throw new ApiError(413, { message, param: 'file' });
  }
  if (!file.filename.endsWith('.jsonl'))
    throw badRequest('Invalid file format for Batch API. Must be .jsonl');
  if (!file.isUtf8) throw badRequest('Invalid file format for Batch API. Must be utf-8 encoded');
  return { lifetimeSeconds: expires_after?.seconds, filename: file.filename, bytes: file.bytes };
}
