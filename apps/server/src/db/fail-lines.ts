import type { Database } from './database.ts';

/**
 * Fails requests of a submission by their 1-based lines in its own input, which has its pending requests in input order. Those
 * that failed before keep their places: done again it comes to the same.
 */
export async function failLines(
  db: Database,
  submissionId: string,
  lines: readonly { line: number; code: string }[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE requests SET outcome = 'failed', error_code = wrong.code
    FROM (
      SELECT ledger.row AS row, named.value->>1 AS code
      FROM json_each(${JSON.stringify(lines.map(({ line, code }) => [line, code]))}) AS named
      JOIN (SELECT rowid AS row, row_number() OVER (ORDER BY line) AS place FROM requests
        WHERE submission_id = ${submissionId}) AS ledger ON ledger.place = named.value->>0
      LIMIT -1) AS wrong
    WHERE requests.rowid = wrong.row`;
}
