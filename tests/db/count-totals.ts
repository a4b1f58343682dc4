import type { Database } from '@batchdesk/server/testing';

type BatchRow = Awaited<ReturnType<Database['batch']['findMany']>>[number];

const SUMS = [
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
] as const;
const RAN = ['completed', 'expired', 'cancelled'];

/** What the kept totals have to be, added up here, batch by batch: a text for each row. */
export async function countTotals(db: Database) {
  const totals = new Map<string, Record<string, bigint>>();
  const durations = new Map<string, bigint>();
  for (const row of await db.batch.findMany()) {
    for (const [group_by, period, value] of placesOf(row)) {
      const isAll = group_by === '' && period === '';
      const kind = isAll ? { endpoint: row.endpoint, model: row.model ?? '' } : { endpoint: '', model: '' };
      const key = asText({ group_by, period, value, provider: row.provider, status: row.status, ...kind });
      const sums = totals.get(key) ?? {};
      totals.set(key, sums);
      const add = (name: string, amount: bigint) => (sums[name] = (sums[name] ?? 0n) + amount);
      add('batches', 1n);
      for (const name of SUMS) add(name, BigInt(row[name] ?? 0));
      const isUnpriced = row.cost === null && RAN.includes(row.status);
      add('unpriced', isUnpriced ? 1n : 0n);
      const isTold = (row.input_tokens ?? 0n) > 0n || (row.output_tokens ?? 0n) > 0n;
      add('requests_with_usage', isTold ? BigInt(row.requests_completed) : 0n);
      const times = { completion: completionOf(row), wait: row.waited };
      for (const [name, seconds] of Object.entries(times)) {
        if (seconds === null) continue;
        const place = { group_by, period, value, provider: row.provider, kind: name };
        const duration = asText({ ...place, bucket: bucketOf(seconds) });
        durations.set(duration, (durations.get(duration) ?? 0n) + 1n);
      }
    }
  }
  const rows = [...totals].map(([key, sums]) => `${key} ${asText(sums)}`);
  const counted = [...durations].map(([key, batches]) => `${key} ${asText({ batches })}`);
  return { totals: rows.toSorted(), durations: counted.toSorted() };
}

/** What is kept, in the same form. */
export async function readKeptTotals(db: Database) {
  const totals = await db.batchTotal.findMany();
  const durations = await db.durationTotal.findMany();
  return {
    totals: totals
      .map(({ group_by, period, value, provider, status, endpoint, model, ...sums }) => {
        const key = asText({ group_by, period, value, provider, status, endpoint, model });
        return `${key} ${asText(sums)}`;
      })
      .toSorted(),
    durations: durations.map(({ batches, ...key }) => `${asText(key)} ${asText({ batches })}`).toSorted(),
  };
}

/** The bucket of a duration, found without logarithms. */
export function bucketOf(seconds: number): number {
  let width = 1;
  while (seconds / width >= 64) width *= 2;
  return Math.max(0, Math.floor(seconds / width) * width);
}

function placesOf({
  created_at,
  endpoint,
  model,
  metadata,
}: BatchRow): (readonly [string, string, string])[] {
  const day = new Date(created_at * 1_000).toISOString().slice(0, 10);
  const groups: [string, string][] = [
    ['', ''],
    ['endpoint', endpoint],
    ['model', model ?? ''],
  ];
  const pairs = Object.entries(JSON.parse(metadata ?? '{}') as Record<string, string>)
    .filter(([key]) => key !== 'batchdesk')
    .map(([key, value]) => [`metadata.${key}`, value] as const);
  return [
    ...groups.flatMap(([by, value]) =>
      ['', day.slice(0, 7), day].map((period) => [by, period, value] as const),
    ),
    ...pairs.flatMap(([by, value]) => [day.slice(0, 7), day].map((period) => [by, period, value] as const)),
  ];
}

function completionOf({ status, completed_at, created_at }: BatchRow): number | null {
  return status === 'completed' && completed_at !== null ? completed_at - created_at : null;
}

function asText(row: object): string {
  const columns = Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return columns.map(([name, value]) => `${name}=${value}`).join(' ');
}
