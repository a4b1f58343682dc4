import type { Database } from './database.ts';
import type { TimeRange } from './stats-cover.ts';

/** When batches were created, as far as a query asks for it; `isAll` when that is all of them, `null` when there are none. */
export async function findRange(
  db: Database,
  { from, to }: { from?: number | undefined; to?: number | undefined },
): Promise<{ range: TimeRange; isAll: boolean } | null> {
  // Two questions: SQLite finds an end in an index only when it is asked for nothing else.
  const [{ first, last }] = await db.$queryRaw<[{ first: number | null; last: number | null }]>`
    SELECT (SELECT min(created_at) FROM batches) AS first, (SELECT max(created_at) FROM batches) AS last`;
  if (first === null || last === null) return null;
  const range = {
    from: Math.max(Number(first), from ?? -Infinity),
    to: Math.min(Number(last) + 1, to ?? Infinity),
  };
  const isAll = range.from === Number(first) && range.to === Number(last) + 1;
  return range.from < range.to ? { range, isAll } : null;
}
