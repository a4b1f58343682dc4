import { BatchdeskError, RESULT_TYPES } from '@batchdesk/shared';
import {
  findFilesOfJob,
  findFilesOfOthers,
  forgetCopies,
  forgetFiles,
  forgetUploads,
  hideEndedJob,
  removeFile,
} from '../db/delete-jobs.ts';
import type { FilesOfBatch } from '../db/delete-jobs.ts';
import { beginDeletionOfJob, setFileStatus } from '../db/delete-files.ts';
import { findFile } from '../db/files.ts';
import { findJob } from '../db/jobs.ts';
import { isInputUsed, removeJob } from '../db/remove-jobs.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { resultName } from '../storage/storage.ts';

type DeleteDeps = Pick<Deps, 'db' | 'provider' | 'storage'>;

/**
 * Deletes a job that has ended, with all that is here of it: its rows, its input unless something else uses it, and its
 * results. With `provider_files`, first what the provider has of it and no other job uses. Returns how many files that were.
 *
 * @throws {BatchdeskError} `job_not_finished`; `provider_*`, with nothing deleted here: it can be asked for again
 */
export async function deleteJob(
  deps: DeleteDeps,
  job: StoredJob,
  { provider_files }: { provider_files: boolean },
): Promise<number> {
  refuseUnfinished(job);
  const { db, storage } = deps;
  const batches = await findFilesOfJob(db, job.id);
  const gone = provider_files ? await deleteAtProvider(deps, job, batches) : { count: 0, copies: [] };
  // It may have been taken up again meanwhile, to retry what failed.
  if (!(await hideEndedJob(db, job.id))) await refuseChanged(deps, job);
  const results = batches.flatMap(({ id }) => RESULT_TYPES.map((type) => resultName(id, type)));
  await forgetCopies(db, results);
  for (const name of results) await storage.remove(name);
  await forgetUploads(db, job);
  await forgetFiles(db, job, batches);
  await removeJob(db, job.id);
  const inputs = new Set([job.input_name, ...gone.copies].filter((name) => name !== null));
  for (const name of inputs) if (!(await isInputUsed(db, name))) await storage.remove(name);
  return gone.count;
}

function refuseUnfinished({ id: job_id, status }: StoredJob): void {
  if (status === 'completed' || status === 'cancelled') return;
  throw new BatchdeskError('job_not_finished', { details: { job_id, status } });
}

async function refuseChanged({ db }: DeleteDeps, { id: job_id }: StoredJob): Promise<never> {
  const job = await findJob(db, job_id);
  if (job) refuseUnfinished(job);
  throw new BatchdeskError('job_not_found', { details: { job_id } });
}

async function deleteAtProvider(
  { db, provider }: DeleteDeps,
  { id: jobId }: StoredJob,
  batches: readonly FilesOfBatch[],
): Promise<{ count: number; copies: (string | null)[] }> {
  // The files of another provider are out of reach.
  const own = batches.filter((batch) => batch.provider === provider.name);
  const named = own.flatMap(({ input_file_id, output_file_id, error_file_id }) => [
    input_file_id,
    output_file_id,
    error_file_id,
  ]);
  const fileIds = [...new Set(named.filter((id) => id !== null))];
  const others = await findFilesOfOthers(db, jobId, { provider: provider.name, fileIds });
  const copies: (string | null)[] = [];
  for (const id of fileIds) {
    const status = (await findFile(db, id))?.status ?? null;
    // Others may have come to use it since they were looked for.
    if (others.has(id) || !(await beginDeletionOfJob(db, id))) continue;
    try {
      await provider.deleteFile(id);
    } catch (error) {
      await setFileStatus(db, id, status);
      throw error;
    }
    copies.push(await removeFile(db, id));
  }
  return { count: copies.length, copies };
}
