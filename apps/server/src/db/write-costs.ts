import { costColumns } from './batch-costs.ts';
import type { CostColumns } from './batch-costs.ts';
import type { Database } from './database.ts';
import type { PriceFinder } from './prices.ts';
import { COSTED } from './recosting.ts';
import type { CostedBatch } from './recosting.ts';

/** How many batches were written, and how many of these cost another amount now. */
export interface Recosted {
  written: number;
  changed: number;
}

/**
 * Costs batches with the prices that are found now, and writes those that this changes. One whose price is not found any more
 * keeps it: only a price takes the place of another. One that its provider has told more of since it was read is read again.
 */
export async function writeCosts(
  db: Database,
  rows: readonly CostedBatch[],
  find: PriceFinder,
): Promise<Recosted> {
  const sum: Recosted = { written: 0, changed: 0 };
  for (let left = rows; left.length > 0;) {
    const wanted = await findChanges(db, left, find);
    const written = await writeChanges(db, wanted);
    const isWritten = ({ row }: Change) => written.has(row.id);
    const missed = wanted.filter((change) => !isWritten(change));
    sum.written += written.size;
    sum.changed += wanted.filter((change) => isWritten(change) && change.isOtherAmount).length;
    const ids = missed.map(({ row }) => row.id);
    left = ids.length === 0 ? [] : await db.batch.findMany({ where: { id: { in: ids } }, select: COSTED });
  }
  return sum;
}

interface Change {
  row: CostedBatch;
  costs: CostColumns;
  isOtherAmount: boolean;
}

async function findChanges(db: Database, rows: readonly CostedBatch[], find: PriceFinder): Promise<Change[]> {
  const changes: Change[] = [];
  for (const row of rows) {
    const price = await find(row.model, row.created_at);
    if (!price && row.price_id !== null) continue;
    const costs = await costColumns(db, row, price);
    const isOtherAmount = costs.cost !== row.cost || costs.synchronous_cost !== row.synchronous_cost;
    if (isOtherAmount || costs.price_id !== row.price_id) changes.push({ row, costs, isOtherAmount });
  }
  return changes;
}

/** Writes what was found from rows that are still the same; returns their ids. */
async function writeChanges(db: Database, changes: readonly Change[]): Promise<Set<string>> {
  if (changes.length === 0) return new Set();
  const values = JSON.stringify(
    changes.map(({ row, costs }) => [
      row.id,
      costs.price_id,
      toText(costs.cost),
      toText(costs.synchronous_cost),
      row.status,
      row.price_id,
      toText(row.input_tokens),
      toText(row.cached_tokens),
      toText(row.output_tokens),
      row.collected_at,
      row.requests_completed,
      row.model,
    ]),
  );
  const written = await db.$queryRaw<{ id: string }[]>`
    UPDATE batches SET price_id = given.value->>1, cost = CAST(given.value->>2 AS INTEGER),
      synchronous_cost = CAST(given.value->>3 AS INTEGER)
    -- Without the LIMIT, SQLite looks through all of them again for each batch.
    FROM (SELECT value, value->>0 AS batch_id FROM json_each(${values}) LIMIT -1) AS given
    WHERE batches.id = given.batch_id AND status = given.value->>4 AND price_id IS given.value->>5
      AND input_tokens IS CAST(given.value->>6 AS INTEGER) AND cached_tokens IS CAST(given.value->>7 AS INTEGER)
      AND output_tokens IS CAST(given.value->>8 AS INTEGER) AND collected_at IS given.value->>9
      AND requests_completed = given.value->>10 AND model IS given.value->>11
    RETURNING id`;
  return new Set(written.map(({ id }) => id));
}

/** What is larger than 2^53 would not come through JSON. */
function toText(amount: bigint | null): string | null {
  return amount === null ? null : String(amount);
}
