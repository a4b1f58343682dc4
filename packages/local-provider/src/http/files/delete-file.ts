import type { Call } from '../call.ts';
import { findFile } from './find-file.ts';

/** `DELETE /v1/files/{id}`. A batch that is using the file goes on. */
export async function deleteFile({ context, id }: Call) {
  const record = findFile(context, id);
  await context.files.delete(record.id);
  return { id: record.id, object: 'file' as const, deleted: true };
}
