import { Prisma } from './generated/client.ts';
import type { Cover } from './stats-cover.ts';

/**
 * A SELECT for each piece of a cover, all together: from the totals that are kept, or from the facts of single batches by
 * their day.
 */
export function inPieces(
  { periods, days, moments }: Cover,
  tables: { kept: string; facts: string },
  select: (table: Prisma.Sql, isCovered: Prisma.Sql) => Prisma.Sql,
): Prisma.Sql {
  const [kept, facts] = [Prisma.raw(tables.kept), Prisma.raw(tables.facts)];
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
