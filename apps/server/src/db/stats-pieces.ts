import { Prisma } from './generated/client.ts';
import type { Cover } from './stats-cover.ts';

/** Where totals are kept, the view that says what a batch counts for in all groups, and the one of batches alone. */
export interface PieceTables {
  kept: string;
  facts: string;
  batches: string;
}

/** What a batch counts for by itself, without a look at the groups that nobody asks for: a fifteenth of the rows. */
const VALUES: Partial<Record<string, string>> = { '': "''", model: 'model', endpoint: 'endpoint' };

/**
 * A SELECT for each piece of a cover, all together: from the totals that are kept, or from the facts of single batches by
 * their day.
 */
export function inPieces(
  { cover, group_by }: { cover: Cover; group_by: string },
  tables: PieceTables,
  select: (table: Prisma.Sql, isCovered: Prisma.Sql) => Prisma.Sql,
): Prisma.Sql {
  const { periods, days, moments } = cover;
  const kept = Prisma.raw(tables.kept);
  const value = VALUES[group_by];
  const facts = value
    ? Prisma.sql`(SELECT *, ${group_by} AS group_by, day AS period, ${Prisma.raw(value)} AS value, 1 AS batches
        FROM ${Prisma.raw(tables.batches)})`
    : Prisma.raw(tables.facts);
  const isDay = Prisma.raw('length(period) = 10');
  const pieces = [
    ...days.map(([first, end]) =>
      select(kept, Prisma.sql`period >= ${first} AND period < ${end} AND ${isDay}`),
    ),
    ...moments.map(([from, to]) =>
      select(facts, Prisma.sql`created_at >= ${from} AND created_at < ${to} AND ${isDay}`),
    ),
  ];
  // Without any time there is a SELECT all the same, of nothing.
  if (periods.length > 0 || pieces.length === 0) {
    pieces.unshift(select(kept, Prisma.sql`period IN (${Prisma.join([...periods, 'none'])})`));
  }
  return Prisma.join(pieces, ' UNION ALL ');
}
