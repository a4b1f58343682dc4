import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { toPieces } from './stats-pieces.ts';
import type { TotalsSource } from './stats-sums.ts';

/** How long something took: over how many batches, in seconds. */
export interface Times {
  batches: number;
  median: number | null;
  p95: number | null;
}

/** How many batches took how long, by bucket: see the view `duration_facts`. */
type Histogram = Map<number, number>;

/** Both durations that are kept. */
export interface Histograms {
  completion: Histogram;
  wait: Histogram;
}

/** A kind of durations of one period, value and provider; the lists are JSON. */
interface TimesRow {
  name: string;
  kind: keyof Histograms;
  buckets: string;
  batches: string;
}

const TABLES = { kept: 'duration_totals', facts: 'duration_facts', batches: 'batch_durations' };

/** Histograms by what `name` says of `period` and `value`. They come as lists, which are quicker than rows to read. */
export async function readTimes(
  db: Database,
  { cover, group_by, provider }: TotalsSource,
  name: Prisma.Sql,
): Promise<Map<string, Histograms>> {
  const ofProvider = provider === undefined ? Prisma.empty : Prisma.sql`AND provider = ${provider}`;
  const groups = new Map<string, Histograms>();
  // One by one: in one statement SQLite takes twice as long.
  for (const { table, isCovered } of toPieces({ cover, group_by }, TABLES)) {
    const rows = await db.$queryRaw<TimesRow[]>`
      SELECT ${name} AS name, kind, json_group_array(bucket) AS buckets, json_group_array(batches) AS batches
      FROM ${table} WHERE group_by = ${group_by} AND ${isCovered} ${ofProvider}
      GROUP BY group_by, period, value, provider, kind`;
    for (const row of rows) {
      const group = groups.get(row.name) ?? noTimes();
      groups.set(row.name, group);
      const batches = JSON.parse(row.batches) as number[];
      for (const [index, bucket] of (JSON.parse(row.buckets) as number[]).entries()) {
        add(group[row.kind], bucket, batches[index]!);
      }
    }
  }
  return groups;
}

/** Histograms of nothing. */
export function noTimes(): Histograms {
  return { completion: new Map(), wait: new Map() };
}

/** Adds histograms to others (sign 1), or takes them out (-1). */
export function addTimes(all: Histograms, parts: Iterable<Histograms>, sign: 1 | -1 = 1): Histograms {
  for (const part of parts) {
    for (const kind of ['completion', 'wait'] as const) {
      for (const [bucket, batches] of part[kind]) add(all[kind], bucket, sign * batches);
    }
  }
  return all;
}

/** Median and 95th percentile, of nearest rank: the least duration that so many of the batches do not exceed. */
export function summarise(histogram: Histogram): Times {
  const sorted = [...histogram].toSorted(([a], [b]) => a - b);
  const batches = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (batches === 0) return { batches, median: null, p95: null };
  return { batches, median: atRank(sorted, batches / 2), p95: atRank(sorted, (batches * 19) / 20) };
}

function atRank(sorted: readonly (readonly [number, number])[], rank: number): number {
  let upTo = 0;
  const found = sorted.find(([, count]) => (upTo += count) >= rank);
  return middleOf(found?.[0] ?? 0);
}

/** The middle of the durations that are counted as one. */
function middleOf(bucket: number): number {
  return bucket < 64 ? bucket : bucket + 2 ** (Math.floor(Math.log2(bucket)) - 6);
}

function add(histogram: Histogram, bucket: number, batches: number): void {
  histogram.set(bucket, (histogram.get(bucket) ?? 0) + batches);
}
