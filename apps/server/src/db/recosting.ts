import type { ListBatches, Recost } from '@batchdesk/shared';
import { costColumns } from './batch-costs.ts';
import type { CostColumns } from './batch-costs.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { BatchModel } from './generated/models.ts';
import type { PriceFinder } from './prices.ts';
import { filterBatches, newestFirst } from './select-batches.ts';
import type { Place } from './select-batches.ts';

/** Batches read and written in one statement. */
const PORTION = 500;

const COSTED = {
  id: true,
  model: true,
  status: true,
  created_at: true,
  collected_at: true,
  requests_total: true,
  requests_completed: true,
  input_tokens: true,
  cached_tokens: true,
  output_tokens: true,
  price_id: true,
  cost: true,
  synchronous_cost: true,
} satisfies Prisma.BatchSelect;

const COLUMNS = Prisma.raw(Object.keys(COSTED).join(', '));

/** A batch as far as its cost goes. */
export type CostedBatch = Pick<BatchModel, keyof typeof COSTED>;

/** The models of batches that have no price; found on the index, without reading the batches. */
export async function findUnpricedModels(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw<{ model: string }[]>`
    WITH RECURSIVE models (model) AS (
      SELECT min(model) FROM batches WHERE price_id IS NULL
      UNION ALL
      SELECT (SELECT min(model) FROM batches WHERE price_id IS NULL AND model > models.model)
      FROM models WHERE models.model IS NOT NULL
    )
    SELECT model FROM models WHERE model IS NOT NULL`;
  return rows.map(({ model }) => model);
}

/** Up to 500 batches of a model that have no price and were created since a time, in Unix seconds. */
export async function readUnpriced(db: Database, model: string, since: number): Promise<CostedBatch[]> {
  // With the plus no index is taken for the time: that would be one of all batches of the model, priced ones too.
  return db.$queryRaw<CostedBatch[]>`
    SELECT ${COLUMNS} FROM batches
    WHERE price_id IS NULL AND model = ${model} AND +created_at >= ${since} LIMIT ${PORTION}`;
}

/** Up to 500 batches that a query names, newest first, after one of them. */
export async function readToRecost(
  db: Database,
  query: Recost,
  after: Place | undefined,
): Promise<CostedBatch[]> {
  const { batch_id, model, from, to } = query;
  if (batch_id !== undefined) return after ? [] : readOne(db, batch_id, query);
  const filter: ListBatches = { source: 'local', limit: PORTION };
  if (model !== undefined) filter.model = model;
  if (from !== undefined) filter.created_after = from;
  if (to !== undefined) filter.created_before = to;
  return db.$queryRaw<CostedBatch[]>`
    SELECT ${COLUMNS} ${filterBatches(filter, { after })}
    ${newestFirst({ limit: PORTION, offset: 0 })}`;
}

async function readOne(
  db: Database,
  id: string,
  { model, from = 0, to = Infinity }: Recost,
): Promise<CostedBatch[]> {
  const row = await db.batch.findUnique({ where: { id }, select: COSTED });
  const isNamed =
    row && (model === undefined || row.model === model) && row.created_at >= from && row.created_at < to;
  return isNamed ? [row] : [];
}

/** How many batches were written, and how many of these cost another amount now. */
export interface Recosted {
  written: number;
  changed: number;
}

/**
 * Costs batches with the prices that are found now, and writes those that this changes. One that its provider has told more of
 * since it was read is read again.
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
    const costs = await costColumns(db, row, await find(row.model, row.created_at));
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
