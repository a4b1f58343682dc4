import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestOutcome, ResultType } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** What a result line said of a request, and where it is. */
export interface LedgerResult {
  custom_id: string;
  outcome: RequestOutcome;
  result_type: ResultType;
  result_offset: number;
  result_bytes: number;
  status_code: number | null;
  error_code: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
}

/** Whose requests: those of one submission of a job. */
export interface LedgerPart {
  job_id: string;
  submission_id: string;
}

/** Rows in one statement: large enough to be fast, small enough not to hold up other requests. */
const PORTION = 1_000;

/**
 * Adds the requests of a job, pending. A portion is JSON: a list of `[line, custom_id, input_offset, input_bytes]`, of
 * about 1,000 rows. One statement for each is 30 times faster than `createMany`.
 */
export async function insertRequests(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  portions: readonly string[],
): Promise<void> {
  for (const portion of portions) {
    await db.$executeRaw`
      INSERT INTO requests (job_id, submission_id, outcome, line, custom_id, input_offset, input_bytes)
      SELECT ${job_id}, ${submission_id}, 'pending', value->>0, value->>1, value->>2, value->>3
      FROM json_each(${portion})`;
    await nextTurn();
  }
}

/** Notes the results of requests of one submission. Returns how many of them are requests of it. */
export async function storeResults(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  results: readonly LedgerResult[],
): Promise<number> {
  const values = results.map((row) => [
    row.custom_id,
    row.outcome,
    row.result_type,
    row.result_offset,
    row.result_bytes,
    row.status_code,
    row.error_code,
    row.input_tokens,
    row.output_tokens,
  ]);
  return db.$executeRaw`
    UPDATE requests SET
      outcome = result.value->>1, result_type = result.value->>2, result_offset = result.value->>3,
      result_bytes = result.value->>4, status_code = result.value->>5, error_code = result.value->>6,
      input_tokens = result.value->>7, output_tokens = result.value->>8
    -- Without the LIMIT, SQLite looks through all results again for each request of the job.
    FROM (SELECT value, value->>0 AS custom_id FROM json_each(${JSON.stringify(values)}) LIMIT -1) AS result
    WHERE requests.job_id = ${job_id} AND requests.submission_id = ${submission_id}
      AND requests.custom_id = result.custom_id`;
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
