import type { Database } from './database.ts';
import type { Submission } from './submissions.ts';

/**
 * Fails requests of a submission by their 1-based lines in its own input, which had its requests in input order. Once only:
 * the lines are counted before any request has gone elsewhere, and an error code says that it was done. Returns how many.
 */
export async function failLines(
  db: Database,
  { id }: Submission,
  lines: readonly { line: number; code: string }[],
): Promise<number> {
  return db.$transaction(async (transaction) => {
    const { error_code } = await transaction.submission.findUniqueOrThrow({ where: { id } });
    if (error_code !== null) return lines.length;
    await transaction.submission.update({ where: { id }, data: { error_code: lines[0]!.code } });
    return transaction.$executeRaw`
      UPDATE requests SET outcome = 'failed', error_code = wrong.code
      FROM (
        SELECT ledger.row AS row, named.value->>1 AS code
        FROM json_each(${JSON.stringify(lines.map(({ line, code }) => [line, code]))}) AS named
        JOIN (SELECT rowid AS row, row_number() OVER (ORDER BY line) AS place FROM requests
          WHERE submission_id = ${id}) AS ledger ON ledger.place = named.value->>0
        LIMIT -1) AS wrong
      WHERE requests.rowid = wrong.row`;
  });
}
