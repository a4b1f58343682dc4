import { expect, test } from 'vitest';
import type { Database } from '@batchdesk/server/testing';
import { countCreations, readRooms } from '../../apps/server/src/db/capacity.ts';
import { findModelLimit, listModelLimits, saveModelLimit } from '../../apps/server/src/db/model-limits.ts';
import { findWaiting, noteWaits } from '../../apps/server/src/db/waiting.ts';
import { jobRow, openTestDatabase } from './open-test-database.ts';

const NOW = 1_000_000;
const provider = 'openai';

const limitRow = (model: string, enqueued_tokens: number | null, scale = 1) => ({
  provider,
  model,
  enqueued_tokens,
  source: 'learned' as const,
  scale,
  refused_at: 0,
  refusals: 0,
  blocked_until: 0,
});

async function addSubmission(db: Database, id: string, more: object = {}): Promise<void> {
  const data = {
    id,
    job_id: 'j',
    provider,
    status: 'planned',
    endpoint: '/v1/responses',
    completion_window: '24h',
    model: 'm',
    estimated_tokens: 100,
    created_at: NOW,
    updated_at: NOW,
    ...more,
  };
  await db.submission.create({ data });
}

async function addBatch(
  db: Database,
  id: string,
  status: string,
  submission: object = {},
  batch: object = {},
) {
  const data = {
    id,
    job_id: 'j',
    provider,
    endpoint: '/v1/responses',
    model: 'm',
    input_file_id: 'f',
    status,
    completion_window: '24h',
    created_at: NOW,
    refreshed_at: NOW,
    requests_total: 0,
    requests_completed: 0,
    requests_failed: 0,
    ...batch,
  };
  await db.batch.create({ data });
  await addSubmission(db, `s-${id}`, { status: 'submitted', batch_id: id, ...submission });
}

test('a room has what is on its way, what is active, and what was', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await db.job.create({ data: jobRow('j') });
  await saveModelLimit(db, limitRow('m', 4_000, 2));
  await addBatch(db, 'b1', 'validating', { estimated_tokens: 700 });
  await addBatch(db, 'b2', 'in_progress', {}, { in_progress_at: NOW });
  await addBatch(db, 'b3', 'completed', { estimated_tokens: 1_500 }, { in_progress_at: 5, completed_at: 77 });
  await addBatch(db, 'b4', 'completed', {}, { in_progress_at: 5, completed_at: 99 });
  await addBatch(db, 'b5', 'in_progress', { status: 'imported' });
  await addSubmission(db, 'up', { status: 'uploading', estimated_tokens: 30 });
  await addSubmission(db, 'claimed', { claimed_until: NOW + 1, estimated_tokens: 3 });
  await addSubmission(db, 'waits', { estimated_tokens: 9 });
  await addSubmission(db, 'other', { model: 'n' });
  await addSubmission(db, 'foreign', { provider: 'local', model: 'm' });
  const rooms = await readRooms(db, provider, NOW);
  expect(Object.fromEntries(rooms)).toEqual({
    m: {
      limit: 2_000,
      enqueued: 833,
      enqueuedSmall: 133,
      unvalidated: 3,
      validated: 3,
      blocked_until: 0,
      large_ended_at: 77,
    },
    n: {
      limit: null,
      enqueued: 0,
      enqueuedSmall: 0,
      unvalidated: 0,
      validated: 0,
      blocked_until: 0,
      large_ended_at: 0,
    },
  });
});

test('creations of the last hour are counted', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await db.job.create({ data: jobRow('j') });
  await addSubmission(db, 'a', { creation_at: NOW });
  await addSubmission(db, 'b', { creation_at: NOW - 1 });
  await addSubmission(db, 'c');
  expect(await countCreations(db, provider, NOW)).toBe(1);
});

test('what may be sent is found in order, so many of each model, and small ones behind large ones too', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await db.job.create({ data: { ...jobRow('j'), created_at: 2 } });
  await db.job.create({ data: { ...jobRow('early'), created_at: 1 } });
  await db.job.create({ data: { ...jobRow('accepting'), status: 'accepting' } });
  await saveModelLimit(db, limitRow('m', 1_000));
  for (let index = 1; index <= 5; index += 1) await addSubmission(db, `l${index}`, { sequence: index });
  await addSubmission(db, 'small', { sequence: 6, estimated_tokens: 50 });
  await addSubmission(db, 'n1', { sequence: 7, model: 'n', status: 'waiting_for_capacity' });
  await addSubmission(db, 'none', { sequence: 8, model: null });
  await addSubmission(db, 'first', { job_id: 'early' });
  await addSubmission(db, 'later', { not_before: NOW + 1 });
  await addSubmission(db, 'claimed', { claimed_until: NOW + 1 });
  await addSubmission(db, 'unready', { job_id: 'accepting' });
  await addSubmission(db, 'sent', { status: 'submitted' });
  const rows = await findWaiting(db, provider, NOW, 3);
  expect(rows.map(({ id }) => id)).toEqual(['first', 'l1', 'l2', 'small', 'n1', 'none']);
  expect(rows[3]).toEqual({
    id: 'small',
    job_id: 'j',
    endpoint: '/v1/responses',
    model: 'm',
    request_count: null,
    estimated_tokens: 50,
    max_output_tokens: 0,
    uncapped_requests: 0,
    estimated_cost: null,
    created_at: NOW,
    status: 'planned',
    wait_reason: null,
  });
});

test('a reason to wait is noted once, with an event unless it is over at once', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await db.job.create({ data: jobRow('j') });
  for (const id of ['a', 'b', 'c']) await addSubmission(db, id);
  await addSubmission(db, 'sent', { status: 'uploading' });
  const waits = [
    { id: 'a', reason: 'token_limit' as const },
    { id: 'b', reason: 'busy' as const },
    { id: 'sent', reason: 'token_limit' as const },
  ];
  await noteWaits(db, waits);
  await noteWaits(db, waits);
  await noteWaits(db, [{ id: 'a', reason: 'backoff' }]);
  const rows = await db.submission.findMany({ orderBy: { id: 'asc' } });
  expect(rows.map(({ id, status, wait_reason }) => [id, status, wait_reason])).toEqual([
    ['a', 'waiting_for_capacity', 'backoff'],
    ['b', 'waiting_for_capacity', 'busy'],
    ['c', 'planned', null],
    ['sent', 'uploading', null],
  ]);
  const events = await db.event.findMany({ orderBy: { id: 'asc' } });
  expect(events.map(({ job_id, type, data }) => [job_id, type, JSON.parse(data!)])).toEqual([
    ['j', 'submission.waiting', { submission_id: 'a', reason: 'token_limit' }],
    ['j', 'submission.waiting', { submission_id: 'a', reason: 'backoff' }],
  ]);
});

test('a limit is stored and told of once', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  expect(await findModelLimit(db, provider, 'm')).toMatchObject({ enqueued_tokens: null, scale: 1 });
  await saveModelLimit(db, limitRow('m', 15_000_000_000));
  await saveModelLimit(db, { ...limitRow('m', 15_000_000_000), refusals: 2 });
  expect(await listModelLimits(db, provider)).toEqual([{ ...limitRow('m', 15_000_000_000), refusals: 2 }]);
  expect(await listModelLimits(db, 'local')).toEqual([]);
  expect(await db.event.count({ where: { type: 'limit.learned' } })).toBe(1);
});

test('of what budgets hold the first of each job is found: it hides no other', async () => {
  await using opened = await openTestDatabase();
  const { db } = opened;
  await db.job.create({ data: { ...jobRow('j'), created_at: 1 } });
  await db.job.create({ data: { ...jobRow('k'), created_at: 2 } });
  const held = { status: 'waiting_for_capacity', wait_reason: 'job_budget' };
  for (let index = 1; index <= 9; index += 1)
    await addSubmission(db, `j${index}`, { ...held, sequence: index });
  await addSubmission(db, 'k1', { ...held, job_id: 'k', wait_reason: 'month_budget' });
  await addSubmission(db, 'k2', { ...held, job_id: 'k', sequence: 2 });
  await addSubmission(db, 'k3', { job_id: 'k', sequence: 3 });
  const rows = await findWaiting(db, provider, NOW, 3);
  expect(rows.map(({ id }) => id)).toEqual(['j1', 'k1', 'k3']);
});
