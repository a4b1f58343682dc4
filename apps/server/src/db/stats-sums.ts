import { MEASURES } from './batch-totals.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { Cover } from './stats-cover.ts';
import { VALUES, toPieces } from './stats-pieces.ts';

/** Sums with the name of what they are the sums of. */
export type NamedSums = Sums & { name: string };

/** Which of the kept totals: `group_by` is '' for all batches, otherwise model, endpoint or metadata.<key>. */
export interface TotalsSource {
  cover: Cover;
  group_by: string;
  provider: string | undefined;
}

const HAS_ENDED = `FILTER (WHERE status IN ('completed', 'failed', 'expired', 'cancelled'))`;
const MORE = {
  ended: `sum(batches) ${HAS_ENDED}`,
  completed: `sum(batches) FILTER (WHERE status = 'completed')`,
  ended_completed: `sum(requests_completed) ${HAS_ENDED}`,
  ended_failed: `sum(requests_failed) ${HAS_ENDED}`,
};
const NAMES = [...MEASURES, ...(Object.keys(MORE) as (keyof typeof MORE)[])] as const;
/** Amounts are in 1e-10 US dollars; `ended_*` are of batches that have ended. */
export type Sums = Record<(typeof NAMES)[number], bigint>;

const SUMS = Prisma.raw(
  [
    ...MEASURES.map((name) => `sum(${name}) AS ${name}`),
    ...Object.entries(MORE).map(([name, sum]) => `ifnull(${sum}, 0) AS ${name}`),
  ].join(', '),
);

const KEPT = Prisma.raw(MEASURES.join(', '));
const SUMMED = Prisma.raw(MEASURES.map((name) => `sum(${name}) AS ${name}`).join(', '));

const TABLES = { kept: 'batch_totals', facts: 'batch_facts', batches: 'batch_measures' };

/** Rows to sum up: `period`, `value`, `status` and what is kept; `sign` -1 takes them away. */
export function selectTotals(
  { cover, group_by, provider }: TotalsSource,
  { value = Prisma.raw('value'), sign = 1 }: { value?: Prisma.Sql; sign?: 1 | -1 } = {},
): Prisma.Sql {
  const minus = sign === 1 ? '' : '-';
  const kept = Prisma.raw(MEASURES.map((name) => `${minus}${name} AS ${name}`).join(', '));
  const summed = Prisma.raw(MEASURES.map((name) => `${minus}sum(${name}) AS ${name}`).join(', '));
  const ofProvider = provider === undefined ? Prisma.empty : Prisma.sql`AND provider = ${provider}`;
  const pieces = toPieces({ cover, group_by }, TABLES).map(({ table, isCovered, isSum }) => {
    // Single batches are summed up here: together with others, SQLite would sort them with all their columns.
    const [measures, grouped] = isSum ? [kept, Prisma.empty] : [summed, Prisma.raw('GROUP BY 1, 2, 3')];
    return Prisma.sql`
      SELECT period, ${value} AS value, status, ${measures}
      FROM ${table} WHERE group_by = ${group_by} AND ${isCovered} ${ofProvider} ${grouped}`;
  });
  return Prisma.join(pieces, ' UNION ALL ');
}

/** The sums of rows by `name`, at most `limit`: by their names, or the dearest first. */
export function sumTotals(
  db: Database,
  rows: Prisma.Sql,
  { name, order = 'name', limit = -1 }: { name: Prisma.Sql; order?: 'name' | 'cost'; limit?: number },
): Promise<NamedSums[]> {
  const by = Prisma.raw(order === 'name' ? 'name' : 'cost DESC, batches DESC, name');
  return db.$queryRaw`
    SELECT ${name} AS name, ${SUMS} FROM (${rows}) GROUP BY 1 HAVING sum(batches) > 0
    ORDER BY ${by} LIMIT ${limit}`;
}

/** The sums of all batches of a time, apart by status, by model and by endpoint. */
export async function readKinds(
  db: Database,
  { cover, provider }: Omit<TotalsSource, 'group_by'>,
): Promise<{ statuses: NamedSums[]; models: NamedSums[]; endpoints: NamedSums[] }> {
  const ofProvider = provider === undefined ? Prisma.empty : Prisma.sql`AND provider = ${provider}`;
  const { moments } = cover;
  const isAmong = moments.map(([from, to]) => Prisma.sql`created_at >= ${from} AND created_at < ${to}`);
  // The batches of parts of days are read once for all three.
  const edges =
    moments.length > 0 &&
    Prisma.sql`WITH edges AS MATERIALIZED (
      SELECT day, model, endpoint, status, ${SUMMED} FROM (SELECT *, 1 AS batches FROM batch_measures)
      WHERE (${Prisma.join(isAmong, ' OR ')}) ${ofProvider} GROUP BY 1, 2, 3, 4)`;
  const totals = (['', 'model', 'endpoint'] as const).map((group_by) => {
    const kept = selectTotals({ cover: { ...cover, moments: [] }, group_by, provider });
    const value = Prisma.raw(VALUES[group_by]);
    const counted = Prisma.sql`UNION ALL SELECT day, ${value}, status, ${KEPT} FROM edges`;
    return Prisma.sql`SELECT ${group_by} AS kind, * FROM (${kept} ${edges ? counted : Prisma.empty})`;
  });
  const rows = await db.$queryRaw<(NamedSums & { kind: string })[]>`
    ${edges || Prisma.empty}
    SELECT kind, iif(kind = '', status, value) AS name, ${SUMS} FROM (${Prisma.join(totals, ' UNION ALL ')})
    GROUP BY 1, 2 HAVING sum(batches) > 0 ORDER BY 1, 2`;
  const of = (name: string) => rows.filter(({ kind }) => kind === name);
  return { statuses: of(''), models: of('model'), endpoints: of('endpoint') };
}

/** Several sums together. */
export function addUp(rows: readonly Sums[]): Sums {
  return Object.fromEntries(
    NAMES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0n)]),
  ) as unknown as Sums;
}
