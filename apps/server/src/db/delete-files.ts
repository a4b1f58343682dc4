import type { Database } from './database.ts';
import { findFileJobs } from './file-needs.ts';
import type { FileJobs } from './file-needs.ts';
import type { KnownFile } from './known-files.ts';

/**
 * Takes a stored file out of use before the provider is asked to delete it: from then on it is not found for other batches of
 * the same content. `refuse` throws when a job has come to need it; then nothing is changed.
 */
export async function beginDeletion(
  db: Database,
  file: KnownFile,
  refuse: (jobs: FileJobs) => void,
): Promise<void> {
  await db.$transaction(async (transaction) => {
    const jobs = await findFileJobs(transaction, [file]);
    refuse(jobs.get(file.id)!);
    await transaction.batchFile.updateMany({ where: { id: file.id }, data: { status: 'deleting' } });
  });
}

/**
 * The same for a file of a job that is deleted; `false`, with nothing changed, when another batch or submission has come to need
 * it.
 */
export async function beginDeletionOfJob(db: Database, id: string): Promise<boolean> {
  const file = { id, filename: null, stored_name: null, batch_id: null, role: null };
  return db.$transaction(async (transaction) => {
    const { active, waiting } = (await findFileJobs(transaction, [file])).get(id)!;
    if (active !== null || waiting !== null) return false;
    await transaction.batchFile.updateMany({ where: { id }, data: { status: 'deleting' } });
    return true;
  });
}

/** Notes what became of a file at the provider: `deleted`, or its status of before. */
export async function setFileStatus(db: Database, id: string, status: string | null): Promise<void> {
  await db.batchFile.updateMany({ where: { id }, data: { status } });
}

/**
 * Notes that our copy of a file is gone. `refuse` throws when a job has come to need it. Returns whether no other file has the
 * same copy: then its bytes can be removed.
 */
export async function forgetCopy(
  db: Database,
  file: KnownFile,
  refuse: (jobs: FileJobs) => void,
): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    const jobs = await findFileJobs(transaction, [file]);
    refuse(jobs.get(file.id)!);
    // Without a copy it is not used for another batch of the same content.
    await transaction.batchFile.updateMany({ where: { id: file.id }, data: { stored_name: null } });
    return (await transaction.batchFile.count({ where: { stored_name: file.stored_name } })) === 0;
  });
}

/** Removes the row of a file that is nowhere any more, unless a batch names it. Its batches were looked for. */
export async function dropIfGone(db: Database, file: KnownFile): Promise<void> {
  await db.$transaction(async (transaction) => {
    const jobs = await findFileJobs(transaction, [file]);
    if (jobs.get(file.id)!.any !== null) return;
    const where = { id: file.id, status: 'deleted', stored_name: null };
    await transaction.batchFile.deleteMany({ where });
  });
}
