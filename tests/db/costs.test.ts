import { priceSchema } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { updateBatch } from '../../apps/server/src/db/batches.ts';
import { summarizeJobs } from '../../apps/server/src/db/job-summaries.ts';
import { importBatch } from '../../apps/server/src/db/import-batch.ts';
import { adoptBatch } from '../../apps/server/src/db/ledgers.ts';
import { priceInForce, replaceOwnPrices } from '../../apps/server/src/db/prices.ts';
import { readUnpriced } from '../../apps/server/src/db/recosting.ts';
import { recostBatches } from '../../apps/server/src/db/write-costs.ts';
import { completeSubmission } from '../../apps/server/src/db/complete-submission.ts';
import { costUnpriced } from '../../apps/server/src/pricing/cost-unpriced.ts';
import { recost } from '../../apps/server/src/pricing/recost.ts';
import { countTotals, readKeptTotals } from './count-totals.ts';
import { OWN_PRICES, expectedCost, generateBatches } from './generated-batches.ts';
import type { GeneratedBatch } from './generated-batches.ts';
import { begin, collect, live, said } from './live-batch.ts';
import { openTestDatabase } from './open-test-database.ts';

/** Of 1e-20 dollars in a unit of the database. */
const UNIT = 10n ** 10n;
/** Of 1e-20 dollars in a billionth of a dollar. */
const BILLIONTH = 10n ** 11n;

test('the costs of 1,000 batches equal an independent sum, each and together', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await replaceOwnPrices(
    db,
    OWN_PRICES.map((price) => priceSchema.parse(price)),
  );
  const batches = generateBatches(1_000);
  for (const batch of batches) await live(db, batch);
  const rows = new Map((await db.batch.findMany()).map((row) => [row.id, row]));
  expect(rows.size).toBe(1_000);

  const sums = { stored: 0n, expected: 0n, unknown: 0 };
  for (const batch of batches) {
    const { cost, synchronous_cost } = rows.get(batch.id)!;
    const expected = expectedCost(batch);
    if (expected === null) {
      expect([cost, synchronous_cost], JSON.stringify(batch)).toEqual([null, null]);
      sums.unknown += 1;
      continue;
    }
    // To the last place: prices of three decimals need no rounding.
    expect(cost! * UNIT, JSON.stringify(batch)).toBe(expected);
    expect(synchronous_cost! * UNIT).toBe(2n * expected);
    sums.stored += cost!;
    sums.expected += expected;
  }
  const difference = sums.stored * UNIT - sums.expected;
  expect(difference < BILLIONTH && difference > -BILLIONTH).toBe(true);
  // Neither all nor nothing of it.
  expect(sums.unknown).toBeGreaterThan(100);
  expect(sums.unknown).toBeLessThan(500);

  const jobs = await db.job.findMany({ select: { id: true } });
  const summaries = await summarizeJobs(
    db,
    jobs.map(({ id }) => id),
    { maxBatchIds: 1 },
  );
  const costs = [...summaries.values()].map((summary) => summary.costs);
  expect(costs.reduce((sum, { cost }) => sum + cost, 0n) * UNIT).toBe(sums.expected);
  expect(costs.reduce((sum, { unpriced }) => sum + unpriced, 0)).toBe(sums.unknown);
  // The statistics say the same.
  const totals = await db.batchTotal.findMany({ where: { group_by: '', period: '' } });
  expect(totals.reduce((sum, { unpriced }) => sum + unpriced, 0)).toBe(sums.unknown);

  const again = await recost({ db }, {});
  expect(again).toEqual({ batches: 1_000, changed: 0 });
  expect(new Map((await db.batch.findMany()).map((row) => [row.id, row]))).toEqual(rows);
}, 120_000);

const USAGE = { input: 1_000_000, cached: 200_000, output: 100_000, reasoning: 0 };
const HALF_USAGE = { input: 500_000, cached: 100_000, output: 50_000, reasoning: 0 };
/** In 1e-10 dollars, of `USAGE` on gpt-4o-mini: 0.06 of input, 0.0075 of cached input and 0.03 of output. */
const COST = 975_000_000n;

/** A batch on gpt-4o-mini that has answered two requests. */
const plain = (more: Partial<GeneratedBatch> = {}): GeneratedBatch => ({
  id: 'batch_1',
  model: 'gpt-4o-mini',
  prices: [],
  day: '2026-11-01',
  second: 0,
  status: 'completed',
  lines: [HALF_USAGE, HALF_USAGE],
  says: 'usage',
  usage: USAGE,
  kind: 'job',
  isCollected: true,
  ...more,
});

test('a batch that was met before it was known whose it is gets the model and the price of what was asked for', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const other = plain({ id: 'batch_other' });
  const part = await begin(db, other);
  const batch = plain({ model: null });
  await importBatch(db, said(batch, 'in_progress', null), 'openai');
  const imported = await updateBatch(db, said(batch, 'completed', USAGE));
  expect(imported!.batch).toMatchObject({ model: null, cost: { amount: null, unknown: 'price' } });
  const first = await db.submission.findUniqueOrThrow({ where: { id: part.submission_id } });
  const submission = await db.submission.create({
    data: { ...first, id: 'sub_2', batch_id: null, admitted_at: first.created_at + 90 },
  });
  const joined = await completeSubmission(db, submission, {
    batch: said(batch, 'completed', USAGE),
    provider: 'openai',
  });
  expect(joined).toMatchObject({ model: 'gpt-4o-mini', job_id: first.job_id, cost: { amount: 0.0975 } });
  expect(await db.batch.findUnique({ where: { id: batch.id } })).toMatchObject({
    cost: COST,
    waited: 90,
    collected_at: null,
  });
  // Its requests are read again for that job, to the same.
  await collect(db, batch, { job_id: first.job_id, submission_id: submission.id });
  expect(await db.batch.findUnique({ where: { id: batch.id } })).toMatchObject({
    cost: COST,
    usage_source: 'provider',
  });
});

test('only batches of jobs have waited for their turn', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  for (const kind of ['job', 'batch']) {
    const batch = plain({ id: `batch_${kind}` });
    const { job_id, submission_id } = await begin(db, plain({ id: `first_${kind}` }));
    await db.job.update({ where: { id: job_id }, data: { kind } });
    const first = await db.submission.findUniqueOrThrow({ where: { id: submission_id } });
    const second = await db.submission.create({
      data: { ...first, id: `sub_${kind}`, batch_id: null, admitted_at: first.created_at + 7 },
    });
    await completeSubmission(db, second, { batch: said(batch, 'validating', null), provider: 'openai' });
    const { waited } = await db.batch.findUniqueOrThrow({ where: { id: batch.id } });
    expect(waited).toBe(kind === 'job' ? 7 : null);
  }
});

test('lines that were not all read are not summed', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const batch = plain({ says: 'nothing' });
  const part = await begin(db, batch);
  await updateBatch(db, said(batch, 'completed', null));
  await collect(db, batch, part, { isRead: false });
  expect(await db.batch.findFirst()).toMatchObject({ usage_source: null, input_tokens: null, cost: null });
});

test('a model that is free costs nothing, though nothing tells its tokens', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const batch = plain({ model: 'omni-moderation-latest', lines: [null], kind: 'imported' });
  await adoptBatch(db, await importBatch(db, said(batch, 'in_progress', null), 'openai'));
  expect((await db.batch.findFirst())!.cost).toBeNull();
  const counts = { total: 1, completed: 1, failed: 0 };
  await updateBatch(db, { ...said(batch, 'completed', null), request_counts: counts });
  expect(await db.batch.findFirst()).toMatchObject({ cost: 0n, synchronous_cost: 0n });
});

test('more tokens than anybody uses have no known cost, and stop no sum', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const most = Number.MAX_SAFE_INTEGER;
  const usages = [
    { input: most, cached: 0, output: 0, reasoning: 0 },
    { input: 0, cached: 0, output: most, reasoning: most },
    // 900,719 dollars as calls at 0.15 a million, and a little more.
    { input: 6_004_799_503_160, cached: 0, output: 0, reasoning: 0 },
    { input: 6_004_799_503_161, cached: 0, output: 0, reasoning: 0 },
  ];
  const costs = [];
  for (const [index, usage] of usages.entries()) {
    const batch = plain({ id: `batch_${index}`, kind: 'imported' });
    const imported = await importBatch(db, said(batch, 'completed', usage), 'openai');
    costs.push([imported.cost!.amount, imported.cost!.synchronous, imported.cost!.unknown]);
  }
  const none = [null, null, 'usage'];
  expect(costs).toEqual([none, none, [450_359.962_737, 900_719.925_474, null], none]);
  const { job_id } = (await db.batch.findFirst())!;
  expect((await summarizeJobs(db, [job_id], { maxBatchIds: 1 })).get(job_id)!.costs).toEqual({
    cost: 0n,
    synchronous_cost: 0n,
    unpriced: 1,
  });
  expect(await recost({ db }, {})).toEqual({ batches: 4, changed: 0 });
  expect(await readKeptTotals(db)).toEqual(await countTotals(db));
});

test('what the provider tells while batches are costed again is not undone', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const batch = plain({ model: 'house-model', lines: [HALF_USAGE] });
  await begin(db, batch);
  await updateBatch(db, said(batch, 'completed', HALF_USAGE));
  await replaceOwnPrices(db, [
    priceSchema.parse({ model: 'house-model', input: 0.15, cached_input: 0.075, output: 0.6 }),
  ]);
  let told: Promise<unknown> | undefined;
  const { changed } = await recostBatches(db, async (transaction) => {
    const rows = await readUnpriced(transaction, { model: 'house-model', since: 0, after: undefined });
    told = updateBatch(db, said(batch, 'completed', USAGE));
    return rows;
  });
  expect(changed).toBe(1);
  await told;
  expect(await db.batch.findFirst()).toMatchObject({ input_tokens: 1_000_000n, cost: COST });
});

test('what has a price only from a day on is costed from that day on, and looked for once', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const days = ['2026-01-31', '2026-02-01', '2026-03-01'];
  for (const [index, day] of days.entries()) {
    const batch = plain({ id: `batch_${index}`, model: 'house-model', day });
    await begin(db, batch);
    await updateBatch(db, said(batch, 'completed', USAGE));
  }
  await replaceOwnPrices(db, [
    priceSchema.parse({ model: 'house-model', input: 1, output: 1, effective_from: '2026-02-01' }),
  ]);
  await costUnpriced({ db });
  await costUnpriced({ db });
  const rows = await db.batch.findMany({ orderBy: { created_at: 'asc' } });
  expect(rows.map(({ cost }) => cost)).toEqual([null, 5_500_000_000n, 5_500_000_000n]);
  expect(await db.price.count()).toBe(1);
});

test('a price of one’s own wins over a later built-in one of its name, and not over one of a closer name', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const at = Date.UTC(2026, 9, 1) / 1_000;
  const inputOf = async (model: string, time = at) => (await priceInForce(db, model, time))?.price.input;
  expect(await inputOf('gpt-5.6-luna')).toBe(0.2);
  expect(await inputOf('gpt-5.6-luna', 0)).toBeUndefined();
  await replaceOwnPrices(
    db,
    [
      { model: 'gpt-5.6-luna', input: 7, output: 1 },
      { model: 'gpt-4o-2024-08-06', input: 8, output: 1 },
      { model: 'gpt-4o', input: 9, output: 1, effective_from: '2026-12-01' },
    ].map((price) => priceSchema.parse(price)),
  );
  expect(await inputOf('gpt-5.6-luna')).toBe(7);
  expect(await inputOf('gpt-5.6-luna', 0)).toBe(7);
  expect(await inputOf('gpt-4o-2024-08-06')).toBe(8);
  expect(await inputOf('gpt-4o-2024-11-20')).toBe(2.5);
  expect(await inputOf('gpt-4o-2024-11-20', at + 90 * 86_400)).toBe(9);
});
