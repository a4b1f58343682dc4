import { costColumns } from './batch-costs.ts';
import type { CostColumns } from './batch-costs.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { openPrices } from './prices.ts';
import type { CostedBatch } from './recosting.ts';

/** The batches that were looked at, and how many of them cost another amount now. */
export interface Recosted<T> {
  rows: readonly T[];
  changed: number;
}

/**
 * Costs the batches that `read` gives with the prices of now, and writes those that this changes, in one transaction: their
 * provider tells no more of them meanwhile. One whose price is not found any more keeps it: only a price takes the place of
 * another.
 */
export async function recostBatches<T extends CostedBatch>(
  db: Database,
  read: (transaction: DatabaseOrTransaction) => Promise<readonly T[]>,
): Promise<Recosted<T>> {
  return db.$transaction(async (transaction) => {
    const rows = await read(transaction);
    const find = await openPrices(transaction);
    const changes: { id: string; costs: CostColumns }[] = [];
    let changed = 0;
    for (const row of rows) {
      const price = await find(row.model, row.created_at);
      if (!price && row.price_id !== null) continue;
      const costs = await costColumns(transaction, row, price);
      const isOtherAmount = costs.cost !== row.cost || costs.synchronous_cost !== row.synchronous_cost;
      if (isOtherAmount || costs.price_id !== row.price_id) changes.push({ id: row.id, costs });
      changed += Number(isOtherAmount);
    }
    await writeCosts(transaction, changes);
    return { rows, changed };
  });
}

async function writeCosts(
  db: DatabaseOrTransaction,
  changes: readonly { id: string; costs: CostColumns }[],
): Promise<void> {
  if (changes.length === 0) return;
  const values = JSON.stringify(
    changes.map(({ id, costs }) => [id, costs.price_id, toText(costs.cost), toText(costs.synchronous_cost)]),
  );
  await db.$executeRaw`
    UPDATE batches SET price_id = given.value->>1, cost = CAST(given.value->>2 AS INTEGER),
      synchronous_cost = CAST(given.value->>3 AS INTEGER)
    -- Without the LIMIT, SQLite looks through all of them again for each batch.
    FROM (SELECT value, value->>0 AS batch_id FROM json_each(${values}) LIMIT -1) AS given
    WHERE batches.id = given.batch_id`;
}

/** What is larger than 2^53 would not come through JSON. */
function toText(amount: bigint | null): string | null {
  return amount === null ? null : String(amount);
}
