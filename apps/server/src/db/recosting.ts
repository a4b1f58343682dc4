import type { ListBatches, Recost } from '@batchdesk/shared';
import type { DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { BatchModel } from './generated/models.ts';
import { filterBatches, newestFirst } from './select-batches.ts';
import type { Place } from './select-batches.ts';

/** Batches read and written in one statement: their totals change with them, which takes up to a millisecond for each. */
const PORTION = 50;

const COSTED = {
  id: true,
  model: true,
  status: true,
  created_at: true,
  collected_at: true,
  requests_completed: true,
  requests_failed: true,
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
export async function findUnpricedModels(db: DatabaseOrTransaction): Promise<string[]> {
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

/** A batch and its place in the table. */
export type PlacedBatch = CostedBatch & { rowid: bigint };

/** Up to 50 batches of a model that have no price and were created since a time, in Unix seconds; after one of them. */
export async function readUnpriced(
  db: DatabaseOrTransaction,
  { model, since, after }: { model: string; since: number; after: PlacedBatch | undefined },
): Promise<PlacedBatch[]> {
  // With the plus no index is taken for the time: that would be one of all batches of the model, priced ones too.
  return db.$queryRaw<PlacedBatch[]>`
    SELECT rowid, ${COLUMNS} FROM batches
    WHERE price_id IS NULL AND model = ${model} AND rowid > ${after?.rowid ?? 0} AND +created_at >= ${since}
    ORDER BY rowid LIMIT ${PORTION}`;
}

/** Up to 50 batches that a query names, newest first, after one of them. */
export async function readToRecost(
  db: DatabaseOrTransaction,
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
  db: DatabaseOrTransaction,
  id: string,
  { model, from = 0, to = Infinity }: Recost,
): Promise<CostedBatch[]> {
  const row = await db.batch.findUnique({ where: { id }, select: COSTED });
  const isNamed =
    row && (model === undefined || row.model === model) && row.created_at >= from && row.created_at < to;
  return isNamed ? [row] : [];
}
