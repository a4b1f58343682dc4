import type { Batch, Metadata, OutputExpiresAfter } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { newId } from '../ids.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { insertBatch } from './batches.ts';
import type { Database } from './database.ts';
import { recordEvent } from './events.ts';
import { insertRequests } from './requests.ts';
import type { LedgerPart } from './requests.ts';

/** A job of one submission, as intake hands it on. */
export interface NewJob {
  provider: Batch['provider'];
  endpoint: string;
  completion_window: string;
  metadata: Metadata | null;
  output_expires_after: OutputExpiresAfter | null;
  /** The copy of the input here, `null` when only the provider has it. */
  input: { name: string; bytes: number; sha256: string; request_count: number } | null;
  /** The input at the provider, `null` when it is still to be uploaded. */
  input_file_id: string | null;
}

/** The ids of a job and of its one submission. */
export type JobIds = LedgerPart;

/**
 * Stores a job and its one submission, planned and taken: its requests are still to be written, see `acceptRequests`.
 */
export async function insertJob(db: Database, job: NewJob): Promise<JobIds> {
  const ids = { job_id: newId('job'), submission_id: newId('sub') };
  const now = nowSeconds();
  const { provider, endpoint, completion_window, input, input_file_id } = job;
  const metadata = job.metadata && JSON.stringify(job.metadata);
  const total_requests = input?.request_count ?? null;
  await db.$transaction(async (transaction) => {
    await transaction.job.create({
      data: { id: ids.job_id, status: 'accepting', endpoint, metadata, total_requests, created_at: now },
    });
    await transaction.submission.create({
      data: {
        id: ids.submission_id,
        job_id: ids.job_id,
        provider,
        status: 'planned',
        endpoint,
        completion_window,
        metadata,
        output_expires_after: job.output_expires_after?.seconds ?? null,
        input_name: input?.name ?? null,
        input_bytes: input?.bytes ?? null,
        input_sha256: input?.sha256 ?? null,
        input_file_id,
        created_at: now,
        updated_at: now,
      },
    });
  });
  return ids;
}

/** Writes the requests of a new job, by portions, so that other work gets its turn; then it counts as accepted. */
export async function acceptRequests(
  db: Database,
  ids: JobIds,
  ledger: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await insertRequests(db, ids, ledger);
  await db.$transaction(async (transaction) => {
    await transaction.job.update({ where: { id: ids.job_id }, data: { status: 'open' } });
    await recordEvent(transaction, { job_id: ids.job_id, type: 'job.created' });
  });
}

/**
 * Removes jobs that could not be accepted, or that a dead process was still writing: nobody was told that they exist.
 * Returns the names of inputs that nothing else has a use for.
 */
export async function removeUnacceptedJobs(db: Database, jobId?: string): Promise<string[]> {
  const where = { status: 'accepting', ...(jobId === undefined ? {} : { id: jobId }) };
  const submissions = await db.submission.findMany({ where: { job: where }, select: { input_name: true } });
  await db.job.deleteMany({ where });
  const names = submissions.map((row) => row.input_name).filter((name) => name !== null);
  const files = await db.batchFile.findMany({ where: { stored_name: { in: names } } });
  return names.filter((name) => files.every(({ stored_name }) => stored_name !== name));
}

/** Stores a batch that was made elsewhere, with a job of its own. */
export async function importBatch(
  db: Database,
  batch: ProviderBatch,
  provider: Batch['provider'],
): Promise<Batch> {
  const id = newId('job');
  const metadata = batch.metadata && JSON.stringify(batch.metadata);
  return db.$transaction(async (transaction) => {
    await transaction.job.create({
      data: { id, status: 'open', endpoint: batch.endpoint, metadata, created_at: batch.created_at },
    });
    await recordEvent(transaction, { job_id: id, batch_id: batch.id, type: 'batch.imported' });
    return insertBatch(transaction, batch, { job_id: id, provider, isImported: true });
  });
}

/** Ends a job when none of its batches is left to collect. Once ended it stays so. */
export async function finishJob(db: Database, jobId: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    const finished = { status: 'finished', finished_at: nowSeconds() };
    const { count } = await transaction.job.updateMany({
      where: { id: jobId, status: 'open', batches: { none: { collected_at: null } } },
      data: finished,
    });
    if (count > 0) await recordEvent(transaction, { job_id: jobId, type: 'job.finished' });
  });
}
