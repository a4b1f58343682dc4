import type { ListBatches } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { containsText, filterBatches } from './select-batches.ts';

/** Batches that are counted one by one, by date in an index or by text in their rows: some milliseconds each. */
const COUNTED = { byDate: 100_000, byText: 10_000 };

/** How many batches a query matches; `undefined` when that takes too long to be counted for each page. */
export async function countBatches(db: Database, query: ListBatches): Promise<number | undefined> {
  const { created_after, created_before, q } = query;
  const filtered = filterBatches(query);
  const hasDates = created_after !== undefined || created_before !== undefined;
  const matching = hasDates ? await countUpTo(db, filtered, COUNTED.byDate) : await readTotal(db, query);
  if (q === undefined) return matching;
  if (matching === undefined || matching > COUNTED.byText) return undefined;
  return countUpTo(db, Prisma.sql`${filtered} AND ${containsText(q)}`, COUNTED.byText);
}

/** How many batches there are, one by one. */
export function countAllBatches(db: Database): Promise<number> {
  return db.batch.count();
}

async function countUpTo(db: Database, filtered: Prisma.Sql, limit: number): Promise<number | undefined> {
  const [row] = await db.$queryRaw<[{ batches: bigint }]>`
    SELECT count(*) AS batches FROM (SELECT 1 ${filtered} LIMIT ${limit + 1})`;
  return row.batches > limit ? undefined : Number(row.batches);
}

async function readTotal(
  db: Database,
  { status, endpoint, model }: Pick<ListBatches, 'status' | 'endpoint' | 'model'>,
): Promise<number> {
  const where: Prisma.BatchTotalWhereInput = { group_by: '', period: '' };
  if (status !== undefined) where.status = status;
  if (endpoint !== undefined) where.endpoint = endpoint;
  if (model !== undefined) where.model = model;
  const { _sum } = await db.batchTotal.aggregate({ where, _sum: { batches: true } });
  return _sum.batches ?? 0;
}
