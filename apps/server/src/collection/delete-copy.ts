import { BatchdeskError } from '@batchdesk/shared';
import { forgetCopy } from '../db/delete-files.ts';
import type { FileJobs } from '../db/file-needs.ts';
import type { KnownFile } from '../db/known-files.ts';
import type { Deps } from '../deps.ts';

/**
 * Deletes our copy of a file.
 *
 * @throws {BatchdeskError} `file_in_use`, `file_kept`
 */
export async function deleteCopy(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  file: KnownFile,
): Promise<void> {
  const { stored_name } = file;
  if (stored_name === null) return;
  const isAlone = await forgetCopy(db, file, (jobs) => refuseKept(file, jobs));
  if (isAlone) await storage.remove(stored_name);
}

/** Throws while a job is there that is read from the copy. */
export function refuseKept({ id: file_id }: KnownFile, jobs: FileJobs): void {
  const job_id = jobs.open ?? jobs.any;
  if (job_id === null) return;
  throw new BatchdeskError(jobs.open ? 'file_in_use' : 'file_kept', { details: { file_id, job_id } });
}
