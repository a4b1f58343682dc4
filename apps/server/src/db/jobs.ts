import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Batch, Budget, Metadata, OutputExpiresAfter, RetryPolicy } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { newId } from '../ids.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import type { Step } from '../steps.ts';
import { insertBatch } from './batches.ts';
import { writeBudget } from './budgets.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { endOfImported } from './end-of-job.ts';
import { recordEvent } from './events.ts';
import type { JobModel } from './generated/models.ts';
import { saveIdempotencyKey } from './idempotency-keys.ts';
import type { NewIdempotencyKey } from './idempotency-keys.ts';
import { insertRequests } from './requests.ts';
import { insertSubmissions } from './new-submissions.ts';
import type { NewPart } from './new-submissions.ts';

/** A job as stored. */
export type StoredJob = JobModel;

/** What a user handed in, as intake hands it on. */
export interface NewJob {
  kind: 'job' | 'batch';
  provider: Batch['provider'];
  name: string | null;
  endpoint: string;
  completion_window: string;
  metadata: Metadata | null;
  output_expires_after: OutputExpiresAfter | null;
  retry: RetryPolicy | null;
  completion_deadline: number | null;
  /** What it may cost. */
  budget: Budget | null;
  /** The copy of the input here, `null` when only the provider has it. */
  input: { name: string; bytes: number; sha256: string; request_count: number } | null;
  /** The input at the provider, `null` when it is still to be uploaded. */
  input_file_id: string | null;
  /** One batch each. */
  parts: readonly NewPart[];
  idempotency: NewIdempotencyKey | null;
}

/** The ids of a job and of its submissions, in the order of its parts. */
export interface JobIds {
  job_id: string;
  submission_ids: string[];
}

/**
 * Stores a job and its submissions, planned: its requests are still to be written, see `acceptRequests`. What `expectCost`
 * throws refuses it; what it returns its submissions are expected to cost each.
 */
export async function insertJob(
  db: Database,
  job: NewJob,
  expectCost?: (transaction: DatabaseOrTransaction) => Promise<bigint | null>,
): Promise<JobIds> {
  const job_id = newId('job');
  const {
    input,
    output_expires_after,
    metadata,
    retry,
    parts,
    idempotency,
    input_file_id,
    budget,
    ...columns
  } = job;
  return db.$transaction(async (transaction) => {
    const estimated_cost = (await expectCost?.(transaction)) ?? null;
    const stored = await transaction.job.create({
      data: {
        ...columns,
        id: job_id,
        status: 'accepting',
        metadata: metadata && JSON.stringify(metadata),
        output_expires_after: output_expires_after?.seconds ?? null,
        retry: retry && JSON.stringify(retry),
        input_name: input?.name ?? null,
        input_bytes: input?.bytes ?? null,
        input_sha256: input?.sha256 ?? null,
        total_requests: input?.request_count ?? null,
        created_at: nowSeconds(),
      },
    });
    const submission_ids = await insertSubmissions(transaction, stored, {
      parts,
      input_file_id,
      estimated_cost,
    });
    if (budget) await writeBudget(transaction, job_id, budget);
    if (idempotency) await saveIdempotencyKey(transaction, job_id, idempotency);
    return { job_id, submission_ids };
  });
}

/** Writes the requests of a new job, by portions, so that other work gets its turn; then it counts as accepted. */
export async function acceptRequests(
  { db, step }: { db: Database; step: (step: Step) => void },
  ids: JobIds,
  ledger: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  await insertRequests(db, ids, ledger);
  step('requests.inserted');
  await db.$transaction(async (transaction) => {
    await transaction.job.update({ where: { id: ids.job_id }, data: { status: 'in_progress' } });
    await recordEvent(transaction, { job_id: ids.job_id, type: 'job.created' });
  });
}

/** A job, `null` when there is none of that id; one that is not accepted yet is none. */
export async function findJob(db: DatabaseOrTransaction, jobId: string): Promise<StoredJob | null> {
  return db.job.findFirst({ where: { id: jobId, status: { not: 'accepting' } } });
}

/**
 * Removes jobs that could not be accepted, or that a dead process was still writing: nobody was told that they exist. Those
 * of which the provider may have a file already are kept from sight until it is gone, see `tidyAbandoned`. Inputs that
 * nothing else has a use for go first: while there is a row, whoever comes next knows of them.
 */
export async function removeUnacceptedJobs(
  { db, storage }: { db: Database; storage: { remove(name: string): Promise<void> } },
  jobId?: string,
): Promise<void> {
  const where = { status: 'accepting', ...(jobId === undefined ? {} : { id: jobId }) };
  const uploaded = { where: { uploads: { gt: 0 }, settled_at: null }, select: { id: true } };
  const jobs = await db.job.findMany({
    where,
    select: { id: true, input_name: true, submissions: uploaded },
  });
  for (const { id, input_name, submissions } of jobs) {
    if (submissions.length > 0) {
      await abandonJob(db, id);
      continue;
    }
    if (input_name !== null && !(await isInputUsed(db, input_name, id))) await storage.remove(input_name);
    await removeJob(db, id);
  }
}

/** Lets nobody go on with a job; whoever repeats the call that made it begins anew. */
async function abandonJob(db: Database, job_id: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    await transaction.idempotencyKey.deleteMany({ where: { job_id } });
    await transaction.submission.updateMany({ where: { job_id }, data: { status: 'abandoned' } });
  });
}

/** Rows in one statement: more would hold up other work. */
const PORTION = 2_000;

/** Removes a job and all its rows, by portions. */
export async function removeJob(db: Database, jobId: string): Promise<void> {
  for (;;) {
    const removed = await db.$executeRaw`
      DELETE FROM requests WHERE rowid IN (SELECT rowid FROM requests WHERE job_id = ${jobId} LIMIT ${PORTION})`;
    if (removed < PORTION) break;
    await nextTurn();
  }
  await db.$transaction((transaction) => removeJobRow(transaction, jobId));
}

/** Removes the row of a job, and with it its budget and what belongs to it by foreign keys. */
export async function removeJobRow(db: DatabaseOrTransaction, jobId: string): Promise<void> {
  await db.job.deleteMany({ where: { id: jobId } });
  await writeBudget(db, jobId, null);
}

/** Whether a file of storage is the input of a job, other than `exceptJobId`, or our copy of a file of the provider's. */
export async function isInputUsed(db: Database, name: string, exceptJobId?: string): Promise<boolean> {
  const files = await db.batchFile.count({ where: { stored_name: name } });
  if (files > 0) return true;
  const others = exceptJobId === undefined ? {} : { id: { not: exceptJobId } };
  return (await db.job.count({ where: { input_name: name, ...others } })) > 0;
}

/** Stores a batch that was made elsewhere, with a job of its own. */
export async function importBatch(
  db: Database,
  batch: ProviderBatch,
  provider: Batch['provider'],
): Promise<Batch> {
  const id = newId('job');
  const { endpoint, completion_window, created_at } = batch;
  const metadata = batch.metadata && JSON.stringify(batch.metadata);
  return db.$transaction(async (transaction) => {
    await transaction.job.create({
      data: {
        id,
        kind: 'imported',
        provider,
        endpoint,
        completion_window,
        metadata,
        created_at,
        ...endOfImported(batch),
      },
    });
    await recordEvent(transaction, { job_id: id, batch_id: batch.id, type: 'batch.imported' });
    return insertBatch(transaction, batch, { job_id: id, provider, isImported: true });
  });
}
