import { Prisma } from './generated/client.ts';
import type { Cover } from './stats-cover.ts';

/** Where totals are kept, the view that says what a batch counts for in all groups, and the one of batches alone. */
export interface PieceTables {
  kept: string;
  facts: string;
  batches: string;
}

/** What a batch counts for by itself, without a look at the groups that nobody asks for: a fifteenth of the rows. */
export const VALUES = { '': "''", model: 'model', endpoint: 'endpoint' };

/** A piece of a cover: where to read it, which of its rows are in it, and whether these are sums already. */
export interface Piece {
  table: Prisma.Sql;
  isCovered: Prisma.Sql;
  isSum: boolean;
}

/** The pieces of a cover: from the totals that are kept, or from the facts of single batches by their day. At least one. */
export function toPieces(
  { cover, group_by }: { cover: Cover; group_by: string },
  tables: PieceTables,
): [Piece, ...Piece[]] {
  const { periods, days, moments } = cover;
  const kept = Prisma.raw(tables.kept);
  const value = (VALUES as Partial<Record<string, string>>)[group_by];
  const facts = value
    ? Prisma.sql`(SELECT *, ${group_by} AS group_by, day AS period, ${Prisma.raw(value)} AS value, 1 AS batches
        FROM ${Prisma.raw(tables.batches)})`
    : Prisma.raw(tables.facts);
  const isDay = Prisma.raw('length(period) = 10');
  const isNamed = Prisma.sql`period IN (${Prisma.join([...periods, 'none'])})`;
  return [
    { table: kept, isCovered: isNamed, isSum: true },
    ...days.map(([first, end]) => ({
      table: kept,
      isCovered: Prisma.sql`period >= ${first} AND period < ${end} AND ${isDay}`,
      isSum: true,
    })),
    ...moments.map(([from, to]) => ({
      table: facts,
      isCovered: Prisma.sql`created_at >= ${from} AND created_at < ${to} AND ${isDay}`,
      isSum: false,
    })),
  ];
}
