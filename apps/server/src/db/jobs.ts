import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, Budget, Metadata, OutputExpiresAfter, RetryPolicy } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { newId } from '../ids.ts';
import type { Step } from '../steps.ts';
import { writeBudget } from './budgets.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { recordEvent } from './events.ts';
import { isFileThere } from './files.ts';
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
  /** The file that was named as the input, and the copy of it that was read, if there is one. */
  source?: { file_id: string; stored_name: string | null } | null;
  /** What each of its submissions is expected to cost, in 1e-10 US dollars, where that is to be known before its turn. */
  estimated_cost?: bigint | null;
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
 * Stores a job and its submissions, planned, in a transaction of the caller: its requests come after, see `acceptRequests`.
 *
 * @throws {BatchdeskError} `file_deleting` when the file that it is made of has begun to be deleted
 */
export async function insertJob(db: DatabaseOrTransaction, job: NewJob): Promise<JobIds> {
  const job_id = newId('job');
  const {
    source = null,
    input,
    output_expires_after,
    metadata,
    retry,
    parts,
    idempotency,
    input_file_id,
    budget,
    estimated_cost = null,
    ...columns
  } = job;
  if (source) await refuseGoing(db, source, input_file_id);
  const stored = await db.job.create({
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
  const submission_ids = await insertSubmissions(db, stored, { parts, input_file_id, estimated_cost });
  if (budget) await writeBudget(db, job_id, budget);
  if (idempotency) await saveIdempotencyKey(db, job_id, idempotency);
  return { job_id, submission_ids };
}

/** Once the rows are there nobody deletes what they name; until then somebody may have begun to. */
async function refuseGoing(
  db: DatabaseOrTransaction,
  { file_id, stored_name }: NonNullable<NewJob['source']>,
  input_file_id: string | null,
): Promise<void> {
  const hasCopy =
    stored_name === null || (await db.batchFile.count({ where: { id: file_id, stored_name } })) > 0;
  const isThere = input_file_id === null || (await isFileThere(db, input_file_id));
  if (!hasCopy || !isThere) throw new BatchdeskError('file_deleting', { details: { file_id } });
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
