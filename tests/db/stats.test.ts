import { statsQuerySchema, statsSchema } from '@batchdesk/shared';
import type { StatsGroup, StatsQueryInput } from '@batchdesk/shared';
import type { Database } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { readStats } from '../../apps/server/src/insight/read-stats.ts';
import { createRandom } from '../shared/random.ts';
import { jobRow, openTestDatabase } from './open-test-database.ts';

type BatchRow = Awaited<ReturnType<Database['batch']['findMany']>>[number];

const DAY = 86_400;
const at = (time: string) => Date.parse(`${time}Z`) / 1_000;
const rest = { input_file_id: 'file-1', completion_window: '24h', refreshed_at: 1 };
const nothing = { requests_total: 0, requests_completed: 0, requests_failed: 0 };

async function addBatches(db: Database, batches: readonly Partial<BatchRow>[]) {
  for (const [index, batch] of batches.entries()) {
    const id = `batch_${index}`;
    const kind = { provider: 'local', endpoint: '/v1/responses', status: 'completed' };
    const row = { created_at: at('2026-11-23T00:00'), ...kind, ...nothing, ...rest, ...batch, id };
    const { job_id: _, ...data } = row;
    await db.batch.create({ data: { ...data, job: { create: jobRow(`job_${index}`) } } });
  }
}

const ask = (db: Database, query: StatsQueryInput = {}) => readStats({ db }, statsQuerySchema.parse(query));
const names = (groups: StatsGroup[] | undefined) => groups?.map(({ group }) => group);

/** The ISO week of a time: that of its Thursday, counted from the one with the year's first Thursday. */
function weekOf(seconds: number): string {
  const thursday = new Date(
    (Math.floor(seconds / DAY) - ((Math.floor(seconds / DAY) + 3) % 7) + 3) * DAY * 1_000,
  );
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY * 1_000));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function groupOf(row: BatchRow, group_by: string): string {
  const time = new Date(row.created_at * 1_000).toISOString();
  switch (group_by) {
    case 'day':
      return time.slice(0, 10);
    case 'week':
      return weekOf(row.created_at);
    case 'month':
      return time.slice(0, 7);
    case 'model':
      return row.model ?? '';
    case 'endpoint':
      return row.endpoint;
    default:
      return (JSON.parse(row.metadata ?? '{}') as Record<string, string>)[group_by.slice(9)] ?? '';
  }
}

/** Sums, in the order of rows, exact. */
function sumOf(rows: BatchRow[]) {
  const sum = (name: keyof BatchRow) => rows.reduce((total, row) => total + BigInt(row[name] ?? 0), 0n);
  const ended = rows.filter(({ status }) => ['completed', 'failed', 'expired', 'cancelled'].includes(status));
  const [completed, failed] = ['requests_completed', 'requests_failed'].map((name) =>
    ended.reduce((total, row) => total + row[name as 'requests_failed'], 0),
  ) as [number, number];
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const hasRun = ({ status }: BatchRow) => ['completed', 'expired', 'cancelled'].includes(status);
  const isUnknown = sum('synchronous_cost') === 0n && rows.some((row) => hasRun(row) && row.cost === null);
  return {
    total_batches: rows.length,
    request_counts: {
      total: Number(sum('requests_total')),
      completed: Number(sum('requests_completed')),
      failed: Number(sum('requests_failed')),
    },
    usage: {
      input_tokens: Number(sum('input_tokens')),
      output_tokens: Number(sum('output_tokens')),
      total_tokens: Number(sum('total_tokens')),
      cached_tokens: Number(sum('cached_tokens')),
      reasoning_tokens: Number(sum('reasoning_tokens')),
    },
    cost: isUnknown ? null : Number(sum('cost')) / 1e10,
    synchronous_cost: isUnknown ? null : Number(sum('synchronous_cost')) / 1e10,
    savings: isUnknown ? null : Number(sum('synchronous_cost') - sum('cost')) / 1e10,
    success_rate: {
      requests: share(completed, completed + failed),
      batches: share(ended.filter(({ status }) => status === 'completed').length, ended.length),
    },
  };
}

/** What took how long, sorted. */
function timesOf(rows: BatchRow[]) {
  const completion = rows
    .filter(({ status, completed_at }) => status === 'completed' && completed_at !== null)
    .map(({ completed_at, created_at }) => completed_at! - created_at);
  const wait = rows.map(({ waited }) => waited).filter((waited) => waited !== null);
  return { completion: completion.toSorted((a, b) => a - b), wait: wait.toSorted((a, b) => a - b) };
}

/** Nearest rank, exact below 64 seconds, and within 2 % above. */
function expectTimes(shown: StatsGroup['wait_for_capacity'], sorted: number[]) {
  expect(shown.batches).toBe(sorted.length);
  for (const [value, share] of [
    [shown.median, 50],
    [shown.p95, 95],
  ] as const) {
    const exact = sorted[Math.ceil((sorted.length * share) / 100) - 1] ?? null;
    if (exact === null || value === null) expect(value).toBe(exact);
    else expect(Math.abs(value - exact)).toBeLessThanOrEqual(exact < 64 ? 0 : exact * 0.02);
  }
}

test('without a batch there is nothing, and no rate', async () => {
  await using database = await openTestDatabase();
  for (const query of [{}, { group_by: 'day' }, { from: '2026-01-01', group_by: 'metadata.team' }] as const) {
    const stats = await ask(database.db, query);
    expect(statsSchema.parse(stats)).toEqual(stats);
    expect(stats).toMatchObject({
      total_batches: 0,
      by_status: {},
      by_model: {},
      cost: 0,
      success_rate: { requests: null, batches: null },
      time_to_completion: { batches: 0, median: null, p95: null },
    });
    expect(stats.groups).toEqual('group_by' in query ? [] : undefined);
  }
});

test('whatever is asked for, the statistics are those of the batches in it', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const { below, pick } = createRandom(7);
  const start = at('2026-11-20T00:00');
  // Around midnights, ends of months and of the year.
  const time = () => start + below(60) * DAY + pick([0, 1, below(DAY), DAY - 1]);
  const units = () => pick([null, BigInt(below(1e9)), BigInt(below(1e9)) * 1_000_003n]);
  await addBatches(
    db,
    Array.from({ length: 400 }, () => {
      const created_at = time();
      const [requests_completed, requests_failed] = [below(1_000), below(50)];
      const team = pick(['search', 'support', '', 'été']);
      const cost = units();
      return {
        created_at,
        provider: pick(['local', 'openai']),
        status: pick([
          'completed',
          'completed',
          'completed',
          'failed',
          'expired',
          'cancelled',
          'in_progress',
        ]),
        endpoint: pick(['/v1/responses', '/v1/embeddings']),
        model: pick([null, 'gpt-4o', 'gpt-4o-mini']),
        completed_at: pick([null, created_at + below(2 ** pick([3, 6, 12, 17]))]),
        waited: pick([null, below(100), below(5_000)]),
        requests_total: requests_completed + requests_failed,
        requests_completed,
        requests_failed,
        input_tokens: BigInt(below(1e6)),
        cached_tokens: BigInt(below(1e3)),
        output_tokens: BigInt(below(1e6)),
        reasoning_tokens: BigInt(below(1e3)),
        total_tokens: BigInt(below(1e6)),
        cost,
        synchronous_cost: cost && cost * 2n,
        metadata: pick([null, JSON.stringify({ team }), JSON.stringify({ team, batchdesk: 'sub_1' })]),
      };
    }),
  );
  const all = await db.batch.findMany();
  const groupBys = ['day', 'week', 'month', 'model', 'endpoint', 'metadata.team', 'metadata.none'] as const;
  const ends = [undefined, 0, time(), time(), start, start + 11 * DAY, start + 42 * DAY, start + 90 * DAY];
  for (let step = 0; step < 120; step += 1) {
    const [a, b] = [pick(ends), pick(ends)];
    const isTurned = a !== undefined && b !== undefined && a > b;
    const [from, to] = isTurned ? [b, a] : [a, b];
    const provider = pick([undefined, undefined, 'local', 'openai'] as const);
    const group_by = pick([undefined, ...groupBys]);
    const stats = await ask(db, { from, to, provider, group_by });
    expect(statsSchema.parse(stats)).toEqual(stats);
    const rows = all.filter(
      (row) =>
        row.created_at >= (from ?? 0) &&
        row.created_at < (to ?? Infinity) &&
        (provider === undefined || row.provider === provider),
    );
    expect(stats).toMatchObject(sumOf(rows));
    expectTimes(stats.time_to_completion, timesOf(rows).completion);
    expectTimes(stats.wait_for_capacity, timesOf(rows).wait);
    for (const [by, shown] of [
      ['model', stats.by_model],
      ['endpoint', stats.by_endpoint],
    ] as const) {
      const groups = Map.groupBy(rows, (row) => groupOf(row, by));
      expect(Object.keys(shown).toSorted()).toEqual([...groups.keys()].toSorted());
      for (const [name, ofGroup] of groups) {
        const { success_rate: _, ...sums } = sumOf(ofGroup);
        expect(shown[name]).toMatchObject(sums);
      }
    }
    if (!group_by) continue;
    const groups = Map.groupBy(rows, (row) => groupOf(row, group_by));
    expect(names(stats.groups)?.toSorted()).toEqual([...groups.keys()].toSorted());
    for (const shown of stats.groups ?? []) {
      const ofGroup = groups.get(shown.group)!;
      expect(shown).toMatchObject(sumOf(ofGroup));
      expectTimes(shown.time_to_completion, timesOf(ofGroup).completion);
      expectTimes(shown.wait_for_capacity, timesOf(ofGroup).wait);
    }
    const order = names(stats.groups)!;
    if (['day', 'week', 'month'].includes(group_by)) expect(order).toEqual(order.toSorted());
    else {
      const costs = stats.groups!.map(({ cost }) => cost);
      expect(costs).toEqual(costs.toSorted((x, y) => (y ?? 0) - (x ?? 0)));
    }
  }
});

test('days are of UTC, weeks begin on Monday and belong to the year of their Thursday', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const times = [
    '2024-12-29T23:59:59', // a Sunday
    '2024-12-30T00:00:00',
    '2026-12-31T23:59:59', // a Thursday
    '2027-01-01T00:00:00',
    '2027-01-03T23:59:59',
    '2027-01-04T00:00:00',
  ];
  await addBatches(
    db,
    times.map((time) => ({ created_at: at(time) })),
  );
  const count = async (group_by: 'day' | 'week' | 'month') =>
    (await ask(db, { group_by })).groups!.map(({ group, total_batches }) => [group, total_batches]);
  expect(await count('week')).toEqual([
    ['2024-W52', 1],
    ['2025-W01', 1],
    ['2026-W53', 3],
    ['2027-W01', 1],
  ]);
  expect(await count('day')).toEqual(times.map((time) => [time.slice(0, 10), 1]));
  expect(await count('month')).toEqual([
    ['2024-12', 2],
    ['2026-12', 1],
    ['2027-01', 3],
  ]);
  expect((await ask(db, { from: '2027-01-01', to: '2027-01-04' })).total_batches).toBe(2);
  expect((await ask(db, { from: at(times[4]!), to: at(times[4]!) + 1 })).total_batches).toBe(1);
  expect((await ask(db, { from: at(times[4]!), to: at(times[4]!) })).total_batches).toBe(0);
});

test('batches that are over and have no cost are unpriced, those of which nothing ran have one', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const ran = { requests_total: 2, requests_completed: 1 };
  await addBatches(db, [
    { status: 'completed', ...ran },
    { status: 'expired', ...ran },
    { status: 'cancelled', ...ran },
    { status: 'cancelled', requests_total: 2, input_tokens: 5n },
    { status: 'cancelled', requests_total: 2, cost: 0n, synchronous_cost: 0n },
    { status: 'failed', cost: 0n, synchronous_cost: 0n },
    { status: 'in_progress', ...ran },
    { status: 'completed', ...ran, cost: 1n, synchronous_cost: 2n },
  ]);
  const stats = await ask(db);
  expect(stats).toMatchObject({ unpriced_batches: 4, cost: 1e-10, synchronous_cost: 2e-10, savings: 1e-10 });
});

test('only the first 1,000 groups are listed, the dearest first', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await addBatches(
    db,
    Array.from({ length: 1_001 }, (_, index) => ({
      cost: BigInt(index),
      synchronous_cost: BigInt(index),
      metadata: JSON.stringify({ name: `n${index}`, ['__proto__']: 'x' }),
    })),
  );
  const stats = await ask(db, { group_by: 'metadata.name' });
  expect(stats.has_more_groups).toBe(true);
  expect(names(stats.groups)).toEqual(Array.from({ length: 1_000 }, (_, index) => `n${1_000 - index}`));
  const odd = await ask(db, { group_by: 'metadata.__proto__' });
  expect(odd.groups).toMatchObject([{ group: 'x', total_batches: 1_001 }]);
  expect(odd).not.toHaveProperty('has_more_groups');
});

test('more than 50,000 rows of a key are refused at once', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await db.$executeRaw`
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n <= 50000)
    INSERT INTO batch_totals SELECT 'metadata.name', '2026-11', 'n' || n, 'local', 'completed', '', '',
      1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM numbers`;
  await addBatches(db, [{ created_at: at('2026-10-31T00:00') }, { created_at: at('2026-12-01T00:00') }]);
  await expect(ask(db, { group_by: 'metadata.name' })).rejects.toMatchObject({
    code: 'too_many_groups',
    details: { max_groups: 50_000 },
  });
  expect((await ask(db, { group_by: 'metadata.name', from: '2026-12-01' })).groups).toHaveLength(1);
});
