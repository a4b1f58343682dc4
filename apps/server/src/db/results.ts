import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestOutcome, ResultType } from '@batchdesk/shared';
import type { Database } from './database.ts';
import type { LedgerPart } from './requests.ts';

/** What a result line said of the request at `line` of the input, and where it is. */
export interface LedgerResult {
  line: number;
  outcome: RequestOutcome;
  result_type: ResultType;
  result_offset: number;
  result_bytes: number;
  status_code: number | null;
  error_code: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
}

/** Ids read in one statement. */
const PORTION = 5_000;

/** The line of each request of a submission, by its `custom_id`. */
export async function readCustomIds(
  db: Database,
  { job_id, submission_id }: LedgerPart,
): Promise<Map<string, number>> {
  const lines = new Map<string, number>();
  for (let after = 0; ;) {
    // As one text: rows of their own take five times as long through Prisma.
    const [page] = await db.$queryRaw<[{ rows: string }]>`
      SELECT json_group_array(json_array(line, custom_id)) AS rows FROM (
        SELECT line, custom_id FROM requests
        WHERE job_id = ${job_id} AND submission_id = ${submission_id} AND line > ${after}
        ORDER BY line LIMIT ${PORTION})`;
    const rows = JSON.parse(page.rows) as [number, string][];
    for (const [line, customId] of rows) lines.set(customId, line);
    if (rows.length < PORTION) return lines;
    after = rows.at(-1)![0];
    await nextTurn();
  }
}

/**
 * A `custom_id` as `readCustomIds` gives it: SQLite writes half a surrogate pair as three bytes, which are read back as
 * three replacement characters.
 */
export function toStoredId(customId: string): string {
  return customId.isWellFormed() ? customId : customId.replaceAll(/\p{Surrogate}/gu, '\ufffd\ufffd\ufffd');
}

/** Notes the results of requests of a job. One statement for a thousand or so holds up nobody else. */
export async function storeResults(
  db: Database,
  jobId: string,
  results: readonly LedgerResult[],
): Promise<void> {
  if (results.length === 0) return;
  const values = results.map((row) => [
    row.line,
    row.outcome,
    row.result_type,
    row.result_offset,
    row.result_bytes,
    row.status_code,
    row.error_code,
    row.input_tokens,
    row.output_tokens,
  ]);
  await db.$executeRaw`
    UPDATE requests SET
      outcome = result.value->>1, result_type = result.value->>2, result_offset = result.value->>3,
      result_bytes = result.value->>4, status_code = result.value->>5, error_code = result.value->>6,
      input_tokens = result.value->>7, output_tokens = result.value->>8
    -- Without the LIMIT, SQLite looks through all results again for each request of the job.
    FROM (SELECT value, value->>0 AS line FROM json_each(${JSON.stringify(values)}) LIMIT -1) AS result
    WHERE requests.job_id = ${jobId} AND requests.line = result.line`;
  await nextTurn();
}
