import type { Database, DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';

/** A table of totals, and what it has to be: counted through its view from the batches, or from the jobs. */
interface TotalsTable {
  name: 'batch_totals' | 'duration_totals' | 'job_totals';
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
const JOB_KEYS = ['status', 'state', 'kind', 'endpoint', 'has_errors'] as const;

/** The columns are in the order of the tables. Reads all batches: half a minute for a million. */
const TABLES: readonly TotalsTable[] = [
  { name: 'batch_totals', keys: BATCH_KEYS, counted: count('batch_facts', BATCH_KEYS, MEASURES) },
  {
    name: 'duration_totals',
    keys: DURATION_KEYS,
    counted: count('duration_facts', DURATION_KEYS, ['batches']),
  },
  {
    name: 'job_totals',
    keys: JOB_KEYS,
    counted: count('(SELECT *, 1 AS jobs FROM jobs)', JOB_KEYS, ['jobs']),
  },
];

/** What is kept of a job itself, through `job_facts`. */
const JOB_FACTS = Prisma.raw('state, request_count, has_errors, cost');
const OTHER_JOBS = Prisma.sql`
  SELECT id FROM (SELECT id, ${JOB_FACTS} FROM job_facts EXCEPT SELECT id, ${JOB_FACTS} FROM jobs)
  WHERE id IN (SELECT id FROM jobs WHERE status <> 'accepting')`;

function count(view: string, keys: readonly string[], measures: readonly string[]): Prisma.Sql {
  const sums = measures.map((name) => `sum(${name}) AS ${name}`);
  const columns = [...keys, ...sums].join(', ');
  return Prisma.raw(
    `SELECT ${columns} FROM ${view} GROUP BY ${keys.map((_, index) => index + 1).join(', ')}`,
  );
}

/** Totals that are not what their batches add up to: how many of each table, and the keys of some. */
export interface WrongTotals {
  table: TotalsTable['name'] | 'jobs';
  count: number;
  /** The keys of the first 10. */
  examples: Record<string, string | number>[];
}

/** The totals that are not what their batches add up to, lacking or too many, and jobs of which that is so; none when all is well. */
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
  const jobs = await db.$queryRaw<{ id: string; wrong: bigint }[]>`
    SELECT id, count(*) OVER () AS wrong FROM (${OTHER_JOBS}) ORDER BY id LIMIT 10`;
  if (jobs[0]) {
    wrong.push({ table: 'jobs', count: Number(jobs[0].wrong), examples: jobs.map(({ id }) => ({ id })) });
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

/** Counts the totals anew from the batches, and what is kept of jobs, all or none of them. */
export async function rebuildTotals(db: Database): Promise<void> {
  await db.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`
        UPDATE submissions SET unsuccessful = facts.unsuccessful
        FROM submission_facts AS facts WHERE facts.id = submissions.id AND facts.unsuccessful <> submissions.unsuccessful`;
      await transaction.$executeRaw`INSERT INTO job_changes ${OTHER_JOBS}`;
      for (const { name, counted } of TABLES) {
        await transaction.$executeRaw`DELETE FROM ${Prisma.raw(name)}`;
        await transaction.$executeRaw`INSERT INTO ${Prisma.raw(name)} ${counted}`;
      }
    },
    { timeout: 3_600_000 },
  );
}
