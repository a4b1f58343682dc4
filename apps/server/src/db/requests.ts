import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';

/**
 * The place of a request in its input: its 1-based line, its `custom_id`, the bytes before it, and its own without the line
 * break; then the 0-based part of the input to which it belongs, and its input tokens, estimated.
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
 * Adds the requests of a job, pending, each to the submission that takes its part. A portion is JSON: a list of `LedgerRow`,
 * of about 1,000. One statement for each is 30 times faster than `createMany`.
 */
export async function insertRequests(
  db: Database,
  { job_id, submission_ids }: { job_id: string; submission_ids: readonly string[] },
  portions: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  const ids = JSON.stringify(submission_ids);
  for await (const portion of portions) {
    await db.$executeRaw`
      INSERT INTO requests
        (job_id, outcome, line, custom_id, input_offset, input_bytes, submission_id, estimated_tokens)
      SELECT ${job_id}, 'pending', value->>0, value->>1, value->>2, value->>3,
        json_extract(${ids}, '$[' || (value->>4) || ']'), value->>5
      FROM json_each(${portion})`;
    await nextTurn();
  }
}

/** Gives the requests of a submission that have no outcome yet one; by portions, so that other work gets its turn. */
export async function settlePending(
  db: Database,
  { submission_id }: Pick<LedgerPart, 'submission_id'>,
  { outcome, error_code = null }: { outcome: RequestOutcome; error_code?: string | null },
): Promise<void> {
  for (;;) {
    const settled = await db.$executeRaw`
      UPDATE requests SET outcome = ${outcome}, error_code = ${error_code}
      WHERE rowid IN (
        SELECT rowid FROM requests
        WHERE submission_id = ${submission_id} AND is_superseded = 0 AND outcome = 'pending' LIMIT ${PORTION})`;
    if (settled < PORTION) return;
    await nextTurn();
  }
}

/** How many requests of a submission have which outcome; those that were handed on to another do not count. */
export async function countOutcomes(
  db: Database,
  submissionId: string,
): Promise<Partial<Record<RequestOutcome, number>>> {
  const where = { submission_id: submissionId, is_superseded: false };
  const groups = await db.request.groupBy({ by: ['outcome'], where, _count: true });
  return Object.fromEntries(groups.map(({ outcome, _count }) => [outcome, _count]));
}
