import { BATCH_STATUSES } from '@batchdesk/shared';
import type { Database } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { findWrongTotals, rebuildTotals } from '../../apps/server/src/db/batch-totals.ts';
import { readStats } from '../../apps/server/src/db/stats.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { createRandom } from '../shared/random.ts';
import { jobRow, openTestDatabase } from './open-test-database.ts';

const SUMS = [
  'requests_total',
  'requests_completed',
  'requests_failed',
  'input_tokens',
  'output_tokens',
  'total_tokens',
] as const;

/** What the totals have to be, added up here, row by row. */
async function addUp(db: Database) {
  const totals = new Map<string, Record<string, unknown> & { batches: number }>();
  for (const row of await db.batch.findMany()) {
    const { status, endpoint } = row;
    const model = row.model ?? '';
    const key = [status, endpoint, model].join(' ');
    const none = Object.fromEntries(SUMS.map((name) => [name, 0n]));
    const total = totals.get(key) ?? { status, endpoint, model, batches: 0, ...none };
    total.batches += 1;
    for (const name of SUMS) total[name] = (total[name] as bigint) + BigInt(row[name] ?? 0);
    totals.set(key, total);
  }
  return [...totals.values()];
}

const readTotals = (db: Database) => db.batchTotal.findMany();
const asText = (row: object) => {
  const columns = Object.entries(row).toSorted(([a], [b]) => a.localeCompare(b));
  return columns.map(([name, value]) => `${name}=${value}`).join(' ');
};
const sorted = (rows: readonly object[]) => rows.map(asText).toSorted();

test('whatever is done to batches, the totals are their sums', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const { below, pick } = createRandom(20_261_123);
  const number = () => below(1_000);
  const tokens = () => (below(10) < 3 ? null : BigInt(number()) * 1_000_000_000n);
  const draw = () => ({
    status: pick(BATCH_STATUSES),
    endpoint: pick(['/v1/responses', '/v1/embeddings']),
    model: pick([null, 'gpt-4o', 'gpt-4o-mini']),
    requests_total: number(),
    requests_completed: number(),
    requests_failed: number(),
    input_tokens: tokens(),
    output_tokens: tokens(),
    total_tokens: tokens(),
  });
  const rest = { input_file_id: 'file-1', completion_window: '24h', created_at: 1, refreshed_at: 1 };
  const ids: string[] = [];
  for (let step = 0; step < 400; step += 1) {
    const dice = below(100);
    const id = ids[below(ids.length)];
    if (dice < 40 || id === undefined) {
      const added = `batch_${step}`;
      const job = { create: jobRow(`job_${added}`) };
      await db.batch.create({ data: { id: added, provider: 'local', ...draw(), ...rest, job } });
      ids.push(added);
    } else if (dice < 60) await db.batch.update({ where: { id }, data: draw() });
    else if (dice < 70) await db.batch.update({ where: { id }, data: { status: pick(BATCH_STATUSES) } });
    else if (dice < 75) await db.batch.update({ where: { id }, data: { collected_at: step } });
    else if (dice < 80) await db.batch.updateMany({ where: { status: 'failed' }, data: { model: null } });
    else {
      ids.splice(ids.indexOf(id), 1);
      // A batch goes with its job, too.
      if (dice < 90) await db.batch.delete({ where: { id } });
      else await db.job.delete({ where: { id: `job_${id}` } });
    }
    if (step % 20 === 0) expect(sorted(await readTotals(db))).toEqual(sorted(await addUp(db)));
  }
  expect(sorted(await readTotals(db))).toEqual(sorted(await addUp(db)));
  expect(await findWrongTotals(db)).toEqual([]);
  await db.job.deleteMany();
  expect(await readTotals(db)).toEqual([]);
});

test('what a transaction takes back is taken back from the totals', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await fillHistory(db, 10);
  const before = await readTotals(db);
  const work = db.$transaction(async (transaction) => {
    await transaction.batch.updateMany({ data: { status: 'expired' } });
    throw new Error('taken back');
  });
  await expect(work).rejects.toThrow('taken back');
  expect(await readTotals(db)).toEqual(before);
});

test('the statistics are the sums over all batches', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  expect(await readStats(db)).toMatchObject({ total_batches: 0, by_status: {} });
  await fillHistory(db, 2_000);
  const { _count, _sum } = await db.batch.aggregate({
    _count: true,
    _sum: Object.fromEntries(SUMS.map((name) => [name, true])) as Record<(typeof SUMS)[number], true>,
  });
  const groups = await db.batch.groupBy({ by: ['status'], _count: true });
  expect(await readStats(db)).toEqual({
    total_batches: _count,
    by_status: Object.fromEntries(groups.map((group) => [group.status, group._count])),
    request_counts: {
      total: _sum.requests_total,
      completed: _sum.requests_completed,
      failed: _sum.requests_failed,
    },
    usage: {
      input_tokens: Number(_sum.input_tokens),
      output_tokens: Number(_sum.output_tokens),
      total_tokens: Number(_sum.total_tokens),
    },
  });
});

test('damaged totals are found, and mended by counting anew', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await fillHistory(db, 2_000);
  const whole = sorted(await readTotals(db));
  const kind = { endpoint: '/v1/embeddings', model: 'text-embedding-3-small' };
  await db.batchTotal.updateMany({
    where: { ...kind, status: 'completed' },
    data: { total_tokens: { increment: 1 } },
  });
  await db.batchTotal.deleteMany({ where: { ...kind, status: 'failed' } });
  const invented = { status: 'failed', endpoint: '/v1/none', model: '' };
  const none = Object.fromEntries(SUMS.map((name) => [name, 0n])) as Record<(typeof SUMS)[number], bigint>;
  await db.batchTotal.create({ data: { ...invented, batches: 1, ...none } });
  expect(await findWrongTotals(db)).toEqual([
    { ...kind, status: 'completed' },
    { ...kind, status: 'failed' },
    invented,
  ]);
  await rebuildTotals(db);
  expect(await findWrongTotals(db)).toEqual([]);
  expect(sorted(await readTotals(db))).toEqual(whole);
});
