import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { SORT_COLUMNS, equalFilters, isWithin, matchJob } from './select-jobs.ts';
import type { JobOrder, JobQuery } from './select-jobs.ts';

/** Jobs looked at in one statement: a few milliseconds, in which the server does nothing else. */
const STRETCH = 1_000;

/** The place of a job in the order of a list: what it is sorted by, and its id. */
export interface JobPlace {
  value: number | bigint | null;
  id: string;
}

/**
 * FROM and WHERE of the jobs that match, a stretch of the list at a time, in its order from a place on, with turns for others
 * in between. The list is an index that is named here: with the state, or the first filter that has one with the time. What else is
 * asked for is looked for on the way.
 */
export async function* stretchJobs(
  db: Database,
  query: JobQuery,
  { sort, order, after }: JobOrder & { after?: JobPlace | undefined },
): AsyncGenerator<Prisma.Sql> {
  const column = Prisma.raw(SORT_COLUMNS[sort]);
  const equal = equalFilters(query).find((filter) => sort === 'created_at' || filter.column === 'state');
  const name = [...(equal ? [equal.column] : []), SORT_COLUMNS[sort], 'id'].join('_');
  const list = Prisma.sql`FROM jobs INDEXED BY ${Prisma.raw(`jobs_${name}_idx`)} WHERE ${equal?.is ?? Prisma.sql`TRUE`}`;
  const [beyond, upTo] =
    order === 'desc' ? [Prisma.raw('<'), Prisma.raw('>=')] : [Prisma.raw('>'), Prisma.raw('<=')];
  const matching =
    sort === 'created_at' ? matchJob(query) : Prisma.sql`${matchJob(query)} AND ${isWithin(query)}`;

  for (const isKnown of after?.value === null ? [false] : [true, false]) {
    const { first, last } = isKnown ? endsOf(query, { sort, order }) : UNKNOWN_ENDS;
    const part = isKnown ? last : Prisma.sql`${column} IS NULL`;
    let from =
      after && isKnown === (after.value !== null) && !isBefore(query, { sort, order }, after)
        ? after
        : undefined;
    let until: JobPlace | undefined;
    do {
      if (from || until) await nextTurn();
      // One bound at each end: of two SQLite takes either to find its way, and would begin anew for each stretch.
      const begin = !from
        ? first
        : isKnown
          ? Prisma.sql`(${column}, id) ${beyond} (${from.value}, ${from.id})`
          : Prisma.sql`id ${beyond} ${from.id}`;
      [until] = await db.$queryRaw<JobPlace[]>`
        SELECT ${column} AS value, id ${list} AND ${part} AND ${begin}
        ${inOrder({ sort, order })} LIMIT 1 OFFSET ${STRETCH - 1}`;
      const end = !until
        ? part
        : isKnown
          ? Prisma.sql`(${column}, id) ${upTo} (${until.value}, ${until.id})`
          : Prisma.sql`${part} AND id ${upTo} ${until.id}`;
      yield Prisma.sql`${list} AND ${begin} AND ${end} AND ${matching}`;
      from = until;
    } while (until);
    if (sort === 'created_at' || sort === 'requests') return; // all have these
  }
}

/** Whether a place comes before all that the dates of a query leave: the list then begins where they do. */
function isBefore(
  { created_after, created_before }: JobQuery,
  { sort, order }: JobOrder,
  { value }: JobPlace,
): boolean {
  if (sort !== 'created_at' || value === null) return false;
  return order === 'desc' ? value >= (created_before ?? Infinity) : value < (created_after ?? 0);
}

/** The order of a list within those that have a value, and within those that have none. */
export function inOrder({ sort, order }: JobOrder): Prisma.Sql {
  const [column, direction] = [Prisma.raw(SORT_COLUMNS[sort]), Prisma.raw(order)];
  return Prisma.sql`ORDER BY ${column} ${direction}, id ${direction}`;
}

const UNKNOWN_ENDS = { first: Prisma.sql`TRUE`, last: Prisma.sql`TRUE` };

/** Where a list begins and ends: at its dates, if it is sorted by them. */
function endsOf({ created_after, created_before }: JobQuery, { sort, order }: JobOrder) {
  if (sort !== 'created_at') {
    return { first: Prisma.sql`TRUE`, last: Prisma.sql`${Prisma.raw(SORT_COLUMNS[sort])} IS NOT NULL` };
  }
  const lower = isWithin({ created_after });
  const upper = isWithin({ created_before });
  return order === 'desc' ? { first: upper, last: lower } : { first: lower, last: upper };
}
