import type { Call } from '../call.ts';
import { toFileObject, type FileObject } from './file-object.ts';
import { findFile } from './find-file.ts';

/** `GET /v1/files/{id}` */
export async function retrieveFile({ context, id }: Call): Promise<FileObject> {
  return toFileObject(findFile(context, id));
}
