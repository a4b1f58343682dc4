import { noSuchFile } from '../../api-error.ts';
import type { FileRecord } from '../../storage/file-store.ts';
import type { ApiContext } from '../api-context.ts';

/** The file with this id. Throws OpenAI's 404 if there is none, it is expired, or a fault hides it. */
export function findFile({ files, visibility }: ApiContext, id: string): FileRecord {
  const record = files.get(id);
  if (!record || !visibility.lookUp(id)) throw noSuchFile(id);
  return record;
}
