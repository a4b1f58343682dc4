import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { newId } from '../ids.ts';
import type { Database } from './database.ts';
import type { LedgerPart } from './requests.ts';

/** Where the requests of a batch are: their rows, their input, and whether their results have been indexed. */
export interface Ledger extends LedgerPart {
  /** Name of the input in storage. */
  input_name: string | null;
  /** `null` until the input has been read: then the ledger has no rows. */
  total_requests: number | null;
  /** Made elsewhere: nothing is collected that nobody asks for. */
  is_imported: boolean;
  is_collected: boolean;
}

/** The ledger of a batch, `null` when it came of no submission. */
export async function findLedger(db: Database, batchId: string): Promise<Ledger | null> {
  const submission = await db.submission.findUnique({
    where: { batch_id: batchId },
    include: { job: { include: { batches: { where: { id: batchId }, select: { collected_at: true } } } } },
  });
  if (!submission) return null;
  const { id, job_id, request_count, status, job } = submission;
  return {
    job_id,
    submission_id: id,
    input_name: job.input_name,
    total_requests: request_count,
    is_imported: status === 'imported',
    is_collected: job.batches.some(({ collected_at }) => collected_at !== null),
  };
}

/** Gives a batch that was made elsewhere a submission, to which its requests can belong. */
export async function adoptBatch(db: Database, batch: Batch): Promise<Ledger> {
  const { id: batch_id, job_id, provider, endpoint, completion_window, input_file_id, created_at } = batch;
  const id = newId('sub');
  const owner = { job_id, provider, endpoint, completion_window, input_file_id };
  const times = { created_at, updated_at: nowSeconds() };
  await db.submission.create({ data: { id, batch_id, status: 'imported', ...owner, ...times } });
  const state = { input_name: null, total_requests: null, is_imported: true, is_collected: false };
  return { job_id, submission_id: id, ...state };
}

/** The last line of an input that has a row, 0 when none has. */
export async function findLastLine(db: Database, jobId: string): Promise<number> {
  // Prisma's own aggregate reads all of them.
  const [{ line }] = await db.$queryRaw<[{ line: number | bigint | null }]>`
    SELECT max(line) AS line FROM requests WHERE job_id = ${jobId}`;
  return Number(line ?? 0);
}

/** Notes that all requests of an input have their rows. */
export async function completeLedger(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  { input_name, total_requests }: { input_name: string; total_requests: number },
): Promise<void> {
  await db.$transaction([
    db.submission.update({ where: { id: submission_id }, data: { request_count: total_requests } }),
    db.job.update({ where: { id: job_id }, data: { input_name, total_requests } }),
  ]);
}
