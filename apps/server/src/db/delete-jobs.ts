import type { Batch } from '@batchdesk/shared';
import type { Database } from './database.ts';
import type { StoredJob } from './jobs.ts';

/** The files of a batch at the provider. */
export interface FilesOfBatch {
  id: string;
  provider: string;
  input_file_id: string;
  output_file_id: string | null;
  error_file_id: string | null;
}

/** The files of all batches of a job. */
export async function findFilesOfJob(db: Database, job_id: string): Promise<FilesOfBatch[]> {
  return db.batch.findMany({
    where: { job_id },
    select: { id: true, provider: true, input_file_id: true, output_file_id: true, error_file_id: true },
  });
}

/** Which of some files at the provider other jobs have a use for: one that is sent twice is stored there once. */
export async function findFilesOfOthers(
  db: Database,
  job_id: string,
  { provider, fileIds }: { provider: Batch['provider']; fileIds: readonly string[] },
): Promise<Set<string>> {
  const ids = JSON.stringify(fileIds);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT wanted.value AS id FROM json_each(${ids}) AS wanted WHERE wanted.value IN (
      SELECT input_file_id FROM batches WHERE job_id <> ${job_id} AND provider = ${provider}
      UNION SELECT output_file_id FROM batches WHERE job_id <> ${job_id} AND provider = ${provider}
      UNION SELECT error_file_id FROM batches WHERE job_id <> ${job_id} AND provider = ${provider}
      UNION SELECT input_file_id FROM submissions
        WHERE job_id <> ${job_id} AND provider = ${provider} AND settled_at IS NULL)`;
  return new Set(rows.map(({ id }) => id));
}

/** Forgets a file that is no longer at the provider. Returns the name of our copy, if there is one. */
export async function removeFile(db: Database, id: string): Promise<string | null> {
  const row = await db.batchFile.findUnique({ where: { id }, select: { stored_name: true } });
  await db.batchFile.deleteMany({ where: { id } });
  return row?.stored_name ?? null;
}

/** Notes that our copies of files are gone. */
export async function forgetCopies(db: Database, names: readonly string[]): Promise<void> {
  await db.$executeRaw`
    UPDATE batch_files SET stored_name = NULL
    WHERE stored_name IN (SELECT value FROM json_each(${JSON.stringify(names)}))`;
}

/**
 * Notes that the files which a job uploaded have no copy here any more, unless another job has the same input. A file that
 * its user uploaded keeps its copy: more batches may be made of it.
 */
export async function forgetUploads(
  db: Database,
  { id: job_id, input_name }: Pick<StoredJob, 'id' | 'input_name'>,
): Promise<void> {
  if (input_name === null || (await db.job.count({ where: { input_name, id: { not: job_id } } })) > 0) return;
  await db.$executeRaw`
    UPDATE batch_files SET stored_name = NULL
    WHERE stored_name = ${input_name}
      AND id IN (SELECT input_file_id FROM submissions WHERE job_id = ${job_id} AND uploads > 0)`;
}

/**
 * Forgets files that only the batches of a job named, and that are no more: of a batch that was made elsewhere all, since nobody
 * could tell later that they are not ours.
 */
export async function forgetFiles(
  db: Database,
  { id: job_id, kind }: Pick<StoredJob, 'id' | 'kind'>,
  batches: readonly FilesOfBatch[],
): Promise<void> {
  const named = batches.flatMap((batch) => [batch.input_file_id, batch.output_file_id, batch.error_file_id]);
  await db.$executeRaw`
    DELETE FROM batch_files WHERE id IN (SELECT value FROM json_each(${JSON.stringify(named)}))
      AND (${kind} = 'imported' OR (status = 'deleted' AND stored_name IS NULL))
      AND NOT EXISTS (SELECT 1 FROM batches WHERE input_file_id = batch_files.id AND job_id <> ${job_id})`;
}

/**
 * Takes a job that has ended out of sight; `false` when it goes on after all. It then looks like one that was never
 * accepted: if the process dies, what is left of it is removed at the next start.
 */
export async function hideEndedJob(db: Database, id: string): Promise<boolean> {
  const where = { id, status: { in: ['completed', 'cancelled'] } };
  const { count } = await db.job.updateMany({ where, data: { status: 'accepting' } });
  return count > 0;
}
