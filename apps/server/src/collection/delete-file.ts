import type { DeleteFileWhere } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { dropIfGone } from '../db/delete-files.ts';
import { findFileJobs } from '../db/file-needs.ts';
import type { Deps } from '../deps.ts';
import { isAtProvider, isWhole } from '../file-state.ts';
import { deleteAtProvider, refuseNeeded } from './delete-at-provider.ts';
import { deleteCopy, refuseKept } from './delete-copy.ts';
import { findFile, sizeHere } from './find-file.ts';

/** Where a file was deleted; not where it was gone already. */
export interface DeletedFile {
  provider: boolean;
  here: boolean;
}

/**
 * Deletes a file at the provider, our copy of it, or both: all that was asked for, or nothing. One that is gone already is no
 * error.
 *
 * @throws {BatchdeskError} `file_not_found`; `file_in_use` while a job needs it, `file_kept` for the copy that a job is read
 * from, `file_only_copy` where there is none; `file_elsewhere`; `provider_*`
 */
export async function deleteFile(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  id: string,
  where: DeleteFileWhere,
): Promise<DeletedFile> {
  const file = await findFile(deps, id);
  const size = await sizeHere(deps, file);
  const provider = where !== 'here' && isAtProvider(file, nowSeconds());
  const here = where !== 'provider' && size !== null;
  const jobs = (await findFileJobs(deps.db, [file])).get(id)!;
  if (provider) refuseNeeded(file, jobs, isWhole(file, size));
  if (here) refuseKept(file, jobs);
  if (provider) await deleteAtProvider(deps, file);
  if (here) await deleteCopy(deps, file);
  await dropIfGone(deps.db, file);
  return { provider, here };
}
