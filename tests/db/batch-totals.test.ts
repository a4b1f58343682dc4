import { BATCH_STATUSES } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { findWrongTotals, rebuildTotals } from '../../apps/server/src/db/batch-totals.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { createRandom } from '../shared/random.ts';
import { countTotals, readKeptTotals } from './count-totals.ts';
import { jobRow, openTestDatabase } from './open-test-database.ts';

const DAY = 86_400;
const START = Date.UTC(2026, 10, 23) / 1_000;

const METADATA = [
  null,
  {},
  { team: 'search' },
  { team: 'support', project: 'été 2026' },
  { team: '', batchdesk: 'sub_1' },
  { ['__proto__']: 'x', constructor: 'y', "it's": '"quoted" \\ 10 % \n' },
  { ['k'.repeat(64)]: 'v'.repeat(512), 'a.b': '日本語 🙂', '': 'no name', ' ': ' ' },
  Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key-${index}`, `value-${index % 3}`])),
].map((metadata) => metadata && JSON.stringify(metadata));

test('whatever is done to batches, the totals are their sums', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const { below, pick } = createRandom(20_261_123);
  const number = () => below(1_000);
  const tokens = () => (below(10) < 3 ? null : BigInt(number()) * 1_000_000_000n);
  const time = () => START + pick([-1, 0, 1, DAY - 1, DAY, 8 * DAY, 40 * DAY]);
  const seconds = () => (below(10) < 3 ? null : below(2 ** pick([1, 6, 7, 16, 30])));
  const draw = () => {
    const created_at = time();
    const took = seconds();
    return {
      created_at,
      completed_at: took === null ? null : created_at + took - 5,
      waited: seconds(),
      provider: pick(['local', 'openai']),
      status: pick(BATCH_STATUSES),
      endpoint: pick(['/v1/responses', '/v1/embeddings']),
      model: pick([null, '', 'gpt-4o', 'gpt-4o-mini']),
      requests_total: number(),
      requests_completed: pick([0, number()]),
      requests_failed: number(),
      input_tokens: tokens(),
      cached_tokens: tokens(),
      output_tokens: tokens(),
      reasoning_tokens: tokens(),
      total_tokens: tokens(),
      cost: tokens(),
      synchronous_cost: tokens(),
      metadata: pick(METADATA),
    };
  };
  const rest = { input_file_id: 'file-1', completion_window: '24h', refreshed_at: 1 };
  const ids: string[] = [];
  for (let step = 0; step < 400; step += 1) {
    const dice = below(100);
    const id = ids[below(ids.length)];
    if (dice < 40 || id === undefined) {
      const added = `batch_${step}`;
      await db.batch.create({
        data: { id: added, ...draw(), ...rest, job: { create: jobRow(`job_${added}`) } },
      });
      ids.push(added);
    } else if (dice < 50) await db.batch.update({ where: { id }, data: draw() });
    else if (dice < 70) {
      // One thing at a time: each column that counts is noticed by itself.
      const [name, value] = pick(Object.entries(draw()));
      await db.batch.update({ where: { id }, data: { [name]: value } });
    } else if (dice < 75) await db.batch.update({ where: { id }, data: { collected_at: step } });
    else if (dice < 80) await db.batch.updateMany({ where: { status: 'failed' }, data: { model: null } });
    else {
      ids.splice(ids.indexOf(id), 1);
      // A batch goes with its job, too.
      if (dice < 90) await db.batch.delete({ where: { id } });
      else await db.job.delete({ where: { id: `job_${id}` } });
    }
    if (step % 20 === 0) expect(await readKeptTotals(db)).toEqual(await countTotals(db));
  }
  expect(await readKeptTotals(db)).toEqual(await countTotals(db));
  expect(await findWrongTotals(db)).toEqual([]);
  await db.job.deleteMany();
  expect(await readKeptTotals(db)).toEqual({ totals: [], durations: [] });
});

test('what a transaction takes back is taken back from the totals', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await fillHistory(db, 10);
  const before = await readKeptTotals(db);
  const work = db.$transaction(async (transaction) => {
    await transaction.batch.updateMany({ data: { status: 'expired', waited: 7 } });
    throw new Error('taken back');
  });
  await expect(work).rejects.toThrow('taken back');
  expect(await readKeptTotals(db)).toEqual(before);
});

test('a batch is found by its id alone, however many there are', async () => {
  await using database = await openTestDatabase();
  for (const view of ['batch_facts', 'duration_facts']) {
    const plan = await database.db.$queryRawUnsafe<{ detail: string }[]>(
      `EXPLAIN QUERY PLAN SELECT * FROM ${view} WHERE id = 'batch_1'`,
    );
    const ofBatches = plan.map(({ detail }) => detail).filter((detail) => / batches\b/.test(detail));
    expect(ofBatches.length).toBeGreaterThan(0);
    for (const detail of ofBatches) expect(detail).toMatch(/^SEARCH batches USING INDEX \S+ \(id=\?\)$/);
  }
});

test('damaged totals are found, and mended by counting anew', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await fillHistory(db, 2_000);
  const whole = await readKeptTotals(db);
  const kind = { group_by: '', period: '', endpoint: '/v1/embeddings', model: 'text-embedding-3-small' };
  await db.batchTotal.updateMany({
    where: { ...kind, status: 'completed' },
    data: { cost: { increment: 1 } },
  });
  await db.batchTotal.deleteMany({ where: { ...kind, status: 'failed' } });
  await db.durationTotal.updateMany({
    where: { group_by: '', period: '', kind: 'wait', bucket: 7 },
    data: { batches: { increment: 1 } },
  });
  const invented = { ...kind, value: '', provider: 'local', status: 'failed', endpoint: '/v1/none' };
  const [some] = await db.batchTotal.findMany({ take: 1 });
  await db.batchTotal.create({ data: { ...some!, ...invented } });
  const place = { ...kind, value: '', provider: 'local' };
  const time = { group_by: '', period: '', value: '', provider: 'local', kind: 'wait', bucket: 7 };
  expect(await findWrongTotals(db)).toEqual([
    {
      table: 'batch_totals',
      count: 3,
      examples: [{ ...place, status: 'completed' }, { ...place, status: 'failed' }, invented],
    },
    { table: 'duration_totals', count: 1, examples: [time] },
  ]);
  await rebuildTotals(db);
  expect(await findWrongTotals(db)).toEqual([]);
  expect(await readKeptTotals(db)).toEqual(whole);
});
