import type { Database } from './database.ts';
import { widenToMonths } from './stats-cover.ts';
import type { TimeRange } from './stats-cover.ts';

/** When batches were created, as far as a query asks for it; `isAll` when that is all of them, `null` when there are none. */
export async function findRange(
  db: Database,
  { from, to }: { from?: number | undefined; to?: number | undefined },
): Promise<{ range: TimeRange; isAll: boolean } | null> {
  // Two questions: SQLite finds an end in an index only when it is asked for nothing else.
  const [{ first, last }] = await db.$queryRaw<[{ first: bigint | null; last: bigint | null }]>`
    SELECT (SELECT min(created_at) FROM batches) AS first, (SELECT max(created_at) FROM batches) AS last`;
  if (first === null || last === null) return null;
  // Before the first and after the last there is nothing: whole months are quicker to read than parts of them.
  const whole = widenToMonths({ from: Number(first), to: Number(last) + 1 });
  const range = {
    from: from === undefined || from <= first ? whole.from : from,
    to: to === undefined || to > last ? whole.to : to,
  };
  const isAll = range.from === whole.from && range.to === whole.to;
  return range.from < range.to ? { range, isAll } : null;
}
