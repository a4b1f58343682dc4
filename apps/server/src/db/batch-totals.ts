import type { Database, DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';

const COLUMNS = Prisma.raw(`
  status, endpoint, model, batches, requests_total, requests_completed, requests_failed,
  input_tokens, output_tokens, total_tokens`);

/** What the totals have to be, counted from the batches. Reads them all: a second for a million. */
const COUNTED = Prisma.sql`
  SELECT status, endpoint, ifnull(model, '') AS model, count(*) AS batches,
    sum(requests_total) AS requests_total, sum(requests_completed) AS requests_completed,
    sum(requests_failed) AS requests_failed, ifnull(sum(input_tokens), 0) AS input_tokens,
    ifnull(sum(output_tokens), 0) AS output_tokens, ifnull(sum(total_tokens), 0) AS total_tokens
  FROM batches GROUP BY 1, 2, 3`;

/** The kinds of batches whose totals are not what their batches add up to; none when all is well. */
export async function findWrongTotals(
  db: DatabaseOrTransaction,
): Promise<{ status: string; endpoint: string; model: string }[]> {
  return db.$queryRaw`
    WITH counted AS MATERIALIZED (${COUNTED}), kept AS (SELECT ${COLUMNS} FROM batch_totals)
    SELECT DISTINCT status, endpoint, model FROM (
      SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
      UNION ALL
      SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
    ) ORDER BY 1, 2, 3`;
}

/** Counts the totals anew from the batches. */
export async function rebuildTotals(db: Database): Promise<void> {
  await db.$transaction(async (transaction) => {
    await transaction.$executeRaw`DELETE FROM batch_totals`;
    await transaction.$executeRaw`INSERT INTO batch_totals (${COLUMNS}) ${COUNTED}`;
  });
}
