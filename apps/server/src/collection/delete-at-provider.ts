import { BatchdeskError } from '@batchdesk/shared';
import { beginDeletion, setFileStatus } from '../db/delete-files.ts';
import type { FileJobs } from '../db/file-needs.ts';
import { saveFile } from '../db/files.ts';
import type { KnownFile } from '../db/known-files.ts';
import type { Deps } from '../deps.ts';
import { findNeed, isWhole } from '../file-state.ts';
import { sizeHere } from './find-file.ts';

type DeleteDeps = Pick<Deps, 'db' | 'provider' | 'storage'>;

/**
 * Deletes a file at the provider; one that is gone already is no error.
 *
 * @throws {BatchdeskError} `file_in_use`, `file_only_copy`, `file_elsewhere`; `provider_*`, with nothing changed
 */
export async function deleteAtProvider(deps: DeleteDeps, known: KnownFile): Promise<void> {
  const { db, provider } = deps;
  const { id: file_id, status } = known;
  if (known.provider !== null && known.provider !== provider.name) {
    throw new BatchdeskError('file_elsewhere', { details: { file_id, provider: known.provider } });
  }
  const size = await sizeHere(deps, known);
  const file = known.is_stored ? known : { ...known, bytes: await store(deps, known, size !== null) };
  await beginDeletion(db, file, (jobs) => refuseNeeded(file, jobs, isWhole(file, size)));
  try {
    await provider.deleteFile(file_id);
  } catch (error) {
    await setFileStatus(db, file_id, status);
    throw error;
  }
  await setFileStatus(db, file_id, 'deleted');
}

/** Throws while something needs a file at the provider. */
export function refuseNeeded(file: KnownFile, jobs: FileJobs, hasCopy: boolean): void {
  const { id: file_id } = file;
  const found = findNeed(file, jobs, hasCopy);
  if (!found) return;
  const code = found.need === 'only_copy' ? 'file_only_copy' : 'file_in_use';
  throw new BatchdeskError(code, { details: { file_id, job_id: found.job_id, needed_by: found.need } });
}

/** Gives a file that only a batch names a row, in which its deletion can be noted. Returns its bytes, `null` when it is gone. */
async function store(
  { db, provider }: DeleteDeps,
  file: KnownFile,
  hasCopy: boolean,
): Promise<number | null> {
  const { id, purpose, created_at } = file;
  const stored_name = hasCopy ? file.stored_name : null;
  const kept = { provider: provider.name, stored_name, sha256: null, request_count: null };
  try {
    return (await saveFile(db, await provider.retrieveFile(id), kept)).bytes;
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== 'file_not_found') throw error;
    const filename = file.filename ?? `${id}.jsonl`;
    const unknown = { bytes: 0, expires_at: null, status: null, status_details: null };
    await saveFile(db, { id, filename, purpose, created_at, ...unknown }, kept);
    return null;
  }
}
