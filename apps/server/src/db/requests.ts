import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';

/**
 * The place of a request in its input: its 1-based line, its `custom_id`, the bytes before it, and its own without the line
 * break; then the 0-based part of the job that it belongs to, and about how many tokens it is.
 */
export type LedgerRow = [
  line: number,
  custom_id: string,
  input_offset: number,
  input_bytes: number,
  part: number,
  estimated_tokens: number,
];

/** Whose requests: those of one submission of a job. */
export interface LedgerPart {
  job_id: string;
  submission_id: string;
}

/** Rows in one statement: large enough to be fast, small enough not to hold up other requests. */
const PORTION = 1_000;

/**
 * Adds the requests of a job, pending. A portion is JSON: a list of `LedgerRow`, of about 1,000. One statement for each is 30 times faster than `createMany`.
 */
export async function insertRequests(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  portions: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  for await (const portion of portions) {
    await db.$executeRaw`
      INSERT INTO requests (job_id, submission_id, outcome, line, custom_id, input_offset, input_bytes)
      SELECT ${job_id}, ${submission_id}, 'pending', value->>0, value->>1, value->>2, value->>3
      FROM json_each(${portion})`;
    await nextTurn();
  }
}

/** Gives the requests of a submission that have no outcome yet one; by portions, so that other work gets its turn. */
export async function settlePending(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  { outcome, error_code = null }: { outcome: RequestOutcome; error_code?: string | null },
): Promise<void> {
  for (;;) {
    const settled = await db.$executeRaw`
      UPDATE requests SET outcome = ${outcome}, error_code = ${error_code}
      WHERE job_id = ${job_id} AND line IN (
        SELECT line FROM requests
        WHERE job_id = ${job_id} AND outcome = 'pending' AND submission_id = ${submission_id} LIMIT ${PORTION})`;
    if (settled < PORTION) return;
    await nextTurn();
  }
}

/** How many requests of a job have which outcome. */
export async function countOutcomes(
  db: Database,
  jobId: string,
): Promise<Partial<Record<RequestOutcome, number>>> {
  const groups = await db.request.groupBy({ by: ['outcome'], where: { job_id: jobId }, _count: true });
  return Object.fromEntries(groups.map(({ outcome, _count }) => [outcome, _count]));
}
