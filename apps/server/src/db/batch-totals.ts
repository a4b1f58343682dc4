import type { Database, DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';

/** A table of totals, and what it has to be: counted through its view from the batches. */
interface TotalsTable {
  name: 'batch_totals' | 'duration_totals';
  keys: readonly string[];
  counted: Prisma.Sql;
}

const BATCH_KEYS = ['group_by', 'period', 'value', 'provider', 'status', 'endpoint', 'model'] as const;
/** What is summed up, in the order of the table. */
export const MEASURES = [
  'batches',
  'requests_total',
  'requests_completed',
  'requests_failed',
  'input_tokens',
  'cached_tokens',
  'output_tokens',
  'reasoning_tokens',
  'total_tokens',
  'cost',
  'synchronous_cost',
  'unpriced',
  'requests_with_usage',
] as const;
const DURATION_KEYS = ['group_by', 'period', 'value', 'provider', 'kind', 'bucket'] as const;

/** The columns are in the order of the tables. Reads all batches: half a minute for a million. */
const TABLES: readonly TotalsTable[] = [
  { name: 'batch_totals', keys: BATCH_KEYS, counted: count('batch_facts', BATCH_KEYS, MEASURES) },
  {
    name: 'duration_totals',
    keys: DURATION_KEYS,
    counted: count('duration_facts', DURATION_KEYS, ['batches']),
  },
];

function count(view: string, keys: readonly string[], measures: readonly string[]): Prisma.Sql {
  const sums = measures.map((name) => `sum(${name}) AS ${name}`);
  const columns = [...keys, ...sums].join(', ');
  return Prisma.raw(
    `SELECT ${columns} FROM ${view} GROUP BY ${keys.map((_, index) => index + 1).join(', ')}`,
  );
}

/** Totals that are not what their batches add up to: how many of each table, and the keys of some. */
export interface WrongTotals {
  table: TotalsTable['name'];
  count: number;
  /** The keys of the first 10. */
  examples: Record<string, string | number>[];
}

/** The totals that are not what their batches add up to, lacking or too many; none when all is well. */
export async function findWrongTotals(db: DatabaseOrTransaction): Promise<WrongTotals[]> {
  const wrong: WrongTotals[] = [];
  for (const { name, keys, counted } of TABLES) {
    const [columns, kept] = [Prisma.raw(keys.join(', ')), Prisma.raw(name)];
    const found = await db.$queryRaw<(Record<string, string | bigint> & { wrong: bigint })[]>`
      WITH counted AS MATERIALIZED (${counted})
      SELECT ${columns}, count(*) OVER () AS wrong FROM (
        SELECT ${columns} FROM (SELECT * FROM counted EXCEPT SELECT * FROM ${kept})
        UNION
        SELECT ${columns} FROM (SELECT * FROM ${kept} EXCEPT SELECT * FROM counted)
      ) ORDER BY ${columns} LIMIT 10`;
    if (!found[0]) continue;
    const examples = found.map(({ wrong: _, ...key }) => withoutBigInt(key));
    wrong.push({ table: name, count: Number(found[0].wrong), examples });
  }
  return wrong;
}

/** SQLite's whole numbers come as BigInt, which JSON has not. */
function withoutBigInt(row: Record<string, string | bigint>): Record<string, string | number> {
  const columns = Object.entries(row);
  return Object.fromEntries(
    columns.map(([name, value]) => [name, typeof value === 'bigint' ? Number(value) : value]),
  );
}

/** Counts the totals anew from the batches, all or none of them. */
export async function rebuildTotals(db: Database): Promise<void> {
  await db.$transaction(
    async (transaction) => {
      for (const { name, counted } of TABLES) {
        await transaction.$executeRaw`DELETE FROM ${Prisma.raw(name)}`;
        await transaction.$executeRaw`INSERT INTO ${Prisma.raw(name)} ${counted}`;
      }
    },
    { timeout: 3_600_000 },
  );
}
