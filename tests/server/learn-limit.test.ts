import { expect, test } from 'vitest';
import type { Database } from '@batchdesk/server/testing';
import { findModelLimit, saveModelLimit } from '../../apps/server/src/db/model-limits.ts';
import { learnFromRefusal, noteRoom, readTokenLimit } from '../../apps/server/src/capacity/learn-limit.ts';
import type { Refusal } from '../../apps/server/src/capacity/learn-limit.ts';
import { jobRow, openTestDatabase } from '../db/open-test-database.ts';

const NOW = 1_000_000;
const provider = 'openai';
const model = 'gpt-4o-mini';
const told = (limit: string, unit = 'tokens') =>
  `Enqueued token limit reached for ${model} in organization org-x. Limit: ${limit} enqueued ${unit}. Please try again once some in_progress batches have been completed.`;

const refuse = (db: Database, more: Partial<Refusal> = {}) =>
  learnFromRefusal(db, {
    provider,
    model,
    message: told('90,000'),
    estimated_tokens: 60_000,
    input_bytes: 300_000,
    enqueuedOthers: 60_000,
    now: NOW,
    ...more,
  });

test.each([
  [told('90,000'), 90_000],
  [told('15,000,000,000'), 15_000_000_000],
  [told('2000'), 2_000],
  [told('1,000,000', 'requests'), null],
  ['Rate limit reached.', null],
])('%s', (message, expected) => {
  expect(readTokenLimit(message)).toBe(expected);
});

test('a refusal tells the limit; the waits double up to 80 minutes', async () => {
  await using opened = await openTestDatabase();
  const minutes: number[] = [];
  for (let count = 0; count < 6; count += 1) {
    const decision = await refuse(opened.db);
    minutes.push(decision.mustSplit ? 0 : (decision.blocked_until - NOW) / 60);
  }
  expect(minutes).toEqual([5, 10, 20, 40, 80, 80]);
  expect(await findModelLimit(opened.db, provider, model)).toMatchObject({
    enqueued_tokens: 90_000,
    source: 'learned',
    scale: 1,
    refusals: 6,
    refused_at: NOW,
    blocked_until: NOW + 80 * 60,
  });
});

test('a limit of requests is no limit of tokens', async () => {
  await using opened = await openTestDatabase();
  expect(await refuse(opened.db, { message: told('1,000,000', 'requests') })).toEqual({
    mustSplit: false,
    blocked_until: NOW + 300,
    limit: null,
    refusals: 1,
  });
  expect(await findModelLimit(opened.db, provider, model)).toMatchObject({ enqueued_tokens: null });
});

test('a smaller limit from the settings stays, a larger one gives way', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  const known = await findModelLimit(db, provider, model);
  await saveModelLimit(db, { ...known, source: 'settings', enqueued_tokens: 50_000 });
  await refuse(db);
  expect(await findModelLimit(db, provider, model)).toMatchObject({
    source: 'settings',
    enqueued_tokens: 50_000,
  });
  await saveModelLimit(db, { ...known, source: 'settings', enqueued_tokens: 500_000 });
  await refuse(db);
  expect(await findModelLimit(db, provider, model)).toMatchObject({
    source: 'learned',
    enqueued_tokens: 90_000,
  });
});

test('where there was room by our count, ours stands for more', async () => {
  await using opened = await openTestDatabase();
  await refuse(opened.db, { estimated_tokens: 30_000, enqueuedOthers: 30_000 });
  const { scale } = await findModelLimit(opened.db, provider, model);
  expect(scale).toBeCloseTo((1.1 * 90_000) / 60_000);
});

test('what is refused alone has to be split, and nothing is blocked', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  expect(await refuse(db, { estimated_tokens: 200_000, enqueuedOthers: 0 })).toEqual({
    mustSplit: true,
    limit: 90_000,
  });
  expect(await refuse(db, { estimated_tokens: 60_000, enqueuedOthers: 0 })).toEqual({
    mustSplit: true,
    limit: 40_000,
  });
  expect(await findModelLimit(db, provider, model)).toMatchObject({ blocked_until: 0, refusals: 0 });
  // Of so many bytes it is sure that they are more tokens.
  await refuse(db, { estimated_tokens: 10_000, enqueuedOthers: 0, input_bytes: 8_000_000 });
  expect((await findModelLimit(db, provider, model)).scale).toBeCloseTo(210);
});

test('a batch that ends or passes lets others try again; what runs at once bounds the scale', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await refuse(db, { estimated_tokens: 30_000, enqueuedOthers: 30_000 });
  await noteRoom(db, provider, model);
  expect(await findModelLimit(db, provider, model)).toMatchObject({
    blocked_until: 0,
    refusals: 1,
    refused_at: 0,
  });
  const place = {
    job_id: 'j',
    provider,
    endpoint: '/v1/responses',
    completion_window: '24h',
    model,
    created_at: 1,
  };
  const counts = { requests_total: 0, requests_completed: 0, requests_failed: 0 };
  const batch = { id: 'b', status: 'in_progress', input_file_id: 'f', refreshed_at: 1 };
  await db.job.create({ data: jobRow('j') });
  await db.batch.create({ data: { ...place, ...counts, ...batch } });
  const sent = { id: 's', status: 'submitted', batch_id: 'b', estimated_tokens: 75_000, updated_at: 1 };
  await db.submission.create({ data: { ...place, ...sent } });
  await noteRoom(db, provider, model, { passed: true });
  const known = await findModelLimit(db, provider, model);
  expect(known).toMatchObject({ refusals: 0 });
  expect(known.scale).toBeCloseTo(90_000 / 75_000);
  await db.submission.update({ where: { id: 's' }, data: { estimated_tokens: 90_000_000 } });
  await noteRoom(db, provider, model, { passed: true });
  expect((await findModelLimit(db, provider, model)).scale).toBe(0.2);
  await noteRoom(db, provider, 'unknown');
  expect(await db.modelLimit.count()).toBe(1);
});

test('room that others took says nothing of the estimate, until it is refused again and again', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  // Fewer bytes than the limit has tokens: it cannot be too large by itself.
  const small = { estimated_tokens: 30, enqueuedOthers: 0, input_bytes: 600 };
  for (const refusals of [1, 2]) {
    expect(await refuse(db, small)).toMatchObject({ mustSplit: false, refusals });
    expect((await findModelLimit(db, provider, model)).scale).toBe(1);
  }
  expect(await refuse(db, small)).toMatchObject({ mustSplit: true });
});
