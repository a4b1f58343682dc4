import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestOutcome, ResultType } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { countRequests, isInGroup } from './request-groups.ts';
import type { LedgerPart } from './requests.ts';

/** What a result line said of a request, and where it is. */
export interface LedgerResult {
  /** Of the ledger, see `readRows`. */
  rowid: number;
  outcome: RequestOutcome;
  result_type: ResultType;
  result_offset: number;
  result_bytes: number;
  status_code: number | null;
  error_code: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
  /** Of the input tokens. */
  cached_tokens: number | null;
  /** Of the output tokens. */
  reasoning_tokens: number | null;
}

/** Ids read in one statement. */
const PORTION = 5_000;

/** The row of each request of a submission, by its `custom_id`. */
export async function readRows(db: Database, part: LedgerPart): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  for (const group of await countRequests(db, part)) {
    for (let after = 0; ;) {
      // As one text: rows of their own take five times as long through Prisma.
      const [page] = await db.$queryRaw<[{ rows: string }]>`
        SELECT json_group_array(json_array(rowid, custom_id, line)) AS rows FROM (
          SELECT rowid, custom_id, line FROM requests
          WHERE ${isInGroup(group)} AND line > ${after} ORDER BY line LIMIT ${PORTION})`;
      const found = JSON.parse(page.rows) as [number, string, number][];
      for (const [rowid, customId] of found) rows.set(customId, rowid);
      if (found.length < PORTION) break;
      after = found.at(-1)![2];
      await nextTurn();
    }
  }
  return rows;
}

/**
 * A `custom_id` as `readRows` gives it: SQLite writes half a surrogate pair as three bytes, which are read back as
 * three replacement characters.
 */
export function toStoredId(customId: string): string {
  return customId.isWellFormed() ? customId : customId.replaceAll(/\p{Surrogate}/gu, '\ufffd\ufffd\ufffd');
}

/** Notes the results of requests. One statement for a thousand or so holds up nobody else. */
export async function storeResults(db: Database, results: readonly LedgerResult[]): Promise<void> {
  if (results.length === 0) return;
  const values = results.map((row) => [
    row.rowid,
    row.outcome,
    row.result_type,
    row.result_offset,
    row.result_bytes,
    row.status_code,
    row.error_code,
    row.input_tokens,
    row.output_tokens,
    row.cached_tokens,
    row.reasoning_tokens,
  ]);
  await db.$executeRaw`
    UPDATE requests SET
      outcome = result.value->>1, result_type = result.value->>2, result_offset = result.value->>3,
      result_bytes = result.value->>4, status_code = result.value->>5, error_code = result.value->>6,
      input_tokens = result.value->>7, output_tokens = result.value->>8,
      cached_tokens = result.value->>9, reasoning_tokens = result.value->>10
    -- Without the LIMIT, SQLite looks through all results again for each request.
    FROM (SELECT value, value->>0 AS row FROM json_each(${JSON.stringify(values)}) LIMIT -1) AS result
    WHERE requests.rowid = result.row`;
  await nextTurn();
}
