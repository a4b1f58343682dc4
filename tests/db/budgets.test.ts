import type { Database } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { nowSeconds } from '../../apps/server/src/clock.ts';
import { markAdmitted, noteExpectedCosts } from '../../apps/server/src/db/admission.ts';
import { readUseOfJobs, readUseOfMonth } from '../../apps/server/src/db/budget-use.ts';
import { findBudgets, findLiveBudgets, saveBudget } from '../../apps/server/src/db/budgets.ts';
import { removeJob } from '../../apps/server/src/db/remove-jobs.ts';
import { monthOf } from '../../apps/server/src/month.ts';
import { jobRow, openTestDatabase } from './open-test-database.ts';

const NOW = Date.UTC(2026, 10, 15) / 1_000;
const MONTH = monthOf(NOW);
const provider = 'openai';
const BUDGET = { limit: 5, warn_at: 0.8, at_limit: 'hold' as const };
/** More than a double can tell apart. */
const LARGE = 9_007_199_254_740_993n;

async function addSubmission(db: Database, id: string, more: object = {}): Promise<void> {
  const data = {
    id,
    job_id: 'j',
    provider,
    status: 'submitted',
    endpoint: '/v1/responses',
    completion_window: '24h',
    estimated_cost: 100n,
    created_at: NOW,
    updated_at: NOW,
    ...more,
  };
  await db.submission.create({ data });
}

async function addBatch(db: Database, id: string, cost: bigint | null, more: object = {}): Promise<void> {
  const data = {
    id,
    job_id: 'j',
    provider,
    endpoint: '/v1/responses',
    input_file_id: 'file',
    completion_window: '24h',
    status: 'in_progress',
    created_at: NOW,
    requests_total: 1,
    requests_completed: 0,
    requests_failed: 0,
    refreshed_at: NOW,
    cost,
    ...more,
  };
  await db.batch.create({ data });
}

const useOfJob = async (db: Database, id = 'j') => (await readUseOfJobs(db, [id])).get(id);

test('a month is one in UTC', () => {
  const at = (text: string) => Date.parse(text) / 1_000;
  const december = monthOf(at('2026-12-31T23:59:59Z'));
  expect(december).toEqual({ name: '2026-12', start: at('2026-12-01'), end: at('2027-01-01') });
  expect(monthOf(december.end).name).toBe('2027-01');
});

test('what is under way counts with what it will cost beyond what it costs already', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await db.job.create({ data: jobRow('j') });
  expect(await useOfJob(db)).toEqual({ spent: 0n, committed: 0n, held: 0 });
  for (const status of ['uploading', 'creating']) await addSubmission(db, status, { status });
  const claimed_until = nowSeconds() + 100;
  await addSubmission(db, 'claimed', { status: 'planned', claimed_until });
  // Not let go, or over, or of unknown cost.
  for (const status of ['planned', 'waiting_for_capacity', 'planning', 'failed'])
    await addSubmission(db, `not-${status}`, { status });
  await addSubmission(db, 'settled', { settled_at: NOW });
  await addSubmission(db, 'unknown', { status: 'uploading', estimated_cost: null });
  expect(await useOfJob(db)).toEqual({ spent: 0n, committed: 300n, held: 0 });

  await addBatch(db, 'begun', 30n);
  await addSubmission(db, 'with-begun', { batch_id: 'begun' });
  expect(await useOfJob(db)).toMatchObject({ spent: 30n, committed: 400n });
  await addBatch(db, 'dearer', 130n);
  await addSubmission(db, 'with-dearer', { batch_id: 'dearer' });
  expect(await useOfJob(db)).toMatchObject({ spent: 160n, committed: 530n });
  // It has ended, and that is what it cost; one whose tokens are still to be counted counts as before.
  await addBatch(db, 'ended', 20n, { status: 'completed' });
  await addSubmission(db, 'with-ended', { batch_id: 'ended' });
  await addBatch(db, 'failed', 0n, { status: 'failed' });
  await addSubmission(db, 'with-failed', { batch_id: 'failed' });
  await addBatch(db, 'uncounted', null, { status: 'completed' });
  await addSubmission(db, 'with-uncounted', { batch_id: 'uncounted' });
  expect(await useOfJob(db)).toMatchObject({ spent: 180n, committed: 650n });
  expect(await readUseOfMonth(db, provider, MONTH)).toEqual({ spent: 180n, committed: 650n, held: 0 });
});

test('a month has the batches that were created in it, at its provider', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  for (const id of ['j', 'k']) await db.job.create({ data: jobRow(id) });
  await addBatch(db, 'first', 1n, { created_at: MONTH.start });
  await addBatch(db, 'last', LARGE, { created_at: MONTH.end - 1, job_id: 'k' });
  await addBatch(db, 'before', 10n, { created_at: MONTH.start - 1 });
  await addBatch(db, 'after', 10n, { created_at: MONTH.end });
  await addBatch(db, 'elsewhere', 10n, { provider: 'local' });
  await addSubmission(db, 'of-before', { batch_id: 'before' });
  await addSubmission(db, 'elsewhere', { provider: 'local', status: 'uploading' });
  const held = { status: 'waiting_for_capacity', wait_reason: 'month_budget' };
  await addSubmission(db, 'held', held);
  await addSubmission(db, 'held-elsewhere', { ...held, provider: 'local' });
  await addSubmission(db, 'held-for-its-job', { ...held, wait_reason: 'job_budget' });
  const spent = LARGE + 1n;
  expect(await readUseOfMonth(db, provider, MONTH)).toEqual({ spent, committed: spent, held: 1 });
  expect(await useOfJob(db, 'k')).toEqual({ spent: LARGE, committed: LARGE, held: 0 });
  expect((await useOfJob(db))!.held).toBe(1);
});

test('a budget is set for a job that there is, lets go what it held, and leaves with it', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  for (const id of ['j', 'k']) await db.job.create({ data: jobRow(id) });
  await db.job.create({ data: { ...jobRow('old'), status: 'completed', finished_at: 5 } });
  await db.job.create({ data: { ...jobRow('new'), status: 'completed', finished_at: nowSeconds() } });
  await db.job.create({ data: { ...jobRow('hidden'), status: 'accepting' } });
  expect([await saveBudget(db, 'none', BUDGET), await saveBudget(db, 'hidden', BUDGET)]).toEqual([
    false,
    false,
  ]);
  const held = { status: 'waiting_for_capacity', wait_reason: 'job_budget' };
  await addSubmission(db, 'a', held);
  await addSubmission(db, 'b', { ...held, wait_reason: 'month_budget' });
  await addSubmission(db, 'c', { ...held, job_id: 'k' });
  for (const id of ['j', 'old', 'new', 'month']) expect(await saveBudget(db, id, BUDGET)).toBe(true);
  const rows = await db.submission.findMany({ orderBy: { id: 'asc' } });
  expect(rows.map(({ status, wait_reason }) => [status, wait_reason])).toEqual([
    ['planned', null],
    ['planned', null],
    ['waiting_for_capacity', 'job_budget'],
  ]);
  expect((await findLiveBudgets(db)).map(({ scope }) => scope).toSorted()).toEqual(['j', 'month', 'new']);

  await db.budget.update({ where: { scope: 'j' }, data: { noted: 'warned' } });
  const noted = async () => (await findBudgets(db, ['j', 'none'])).map((budget) => budget.noted);
  await saveBudget(db, 'j', { ...BUDGET, at_limit: 'warn' });
  expect(await noted()).toEqual(['warned']);
  await saveBudget(db, 'j', { ...BUDGET, limit: 6 });
  expect(await noted()).toEqual([null]);
  await removeJob(db, 'j');
  expect(await noted()).toEqual([]);
});

test('what is let go keeps what it is expected to cost, and when it was let go first', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await db.job.create({ data: jobRow('j') });
  await addSubmission(db, 'a', { status: 'waiting_for_capacity', wait_reason: 'job_budget' });
  await addSubmission(db, 'b', { status: 'planned', admitted_at: 7 });
  await addSubmission(db, 'sent');
  await noteExpectedCosts(db, [
    { id: 'a', estimated_cost: LARGE },
    { id: 'sent', estimated_cost: 5n },
  ]);
  const read = (id: string) => db.submission.findUniqueOrThrow({ where: { id } });
  expect(await read('a')).toMatchObject({ estimated_cost: LARGE, admitted_at: null });
  expect(await read('sent')).toMatchObject({ estimated_cost: 100n });
  await markAdmitted(db, [
    { id: 'a', estimated_cost: LARGE + 2n },
    { id: 'b', estimated_cost: null },
    { id: 'sent', estimated_cost: null },
  ]);
  const now = nowSeconds();
  const a = await read('a');
  expect(a).toMatchObject({ status: 'uploading', wait_reason: null, estimated_cost: LARGE + 2n });
  expect(Math.abs(a.admitted_at! - now)).toBeLessThan(3);
  expect(await read('b')).toMatchObject({ status: 'uploading', admitted_at: 7, estimated_cost: null });
  expect(await read('sent')).toMatchObject({ status: 'submitted', estimated_cost: 100n });
});

test('what was spent stays spent when its job is deleted, and is not counted twice when its batch comes back', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  const spent = async () => (await readUseOfMonth(db, provider, MONTH)).spent;
  await db.job.create({ data: jobRow('j') });
  await addBatch(db, 'b', 70n);
  await addBatch(db, 'other', 5n, { created_at: MONTH.start - 1 });
  await addBatch(db, 'free', 0n);
  expect(await spent()).toBe(70n);
  await removeJob(db, 'j');
  expect(await db.batch.count()).toBe(0);
  expect(await spent()).toBe(70n);
  await db.job.create({ data: jobRow('j') });
  await addBatch(db, 'b', 70n);
  expect(await spent()).toBe(70n);
  await removeJob(db, 'j');
  // Its provider tells no tokens, and its results are not here: it comes back without its cost, which comes later.
  await db.job.create({ data: jobRow('j') });
  await addBatch(db, 'b', null);
  expect(await spent()).toBe(70n);
  await db.batch.update({ where: { id: 'b' }, data: { cost: 80n } });
  expect(await spent()).toBe(80n);
  expect(await db.deletedCost.count({ where: { batch_id: 'b' } })).toBe(0);
});
