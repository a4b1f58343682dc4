import type { BudgetState, Health, Job, StatsGroup } from '@batchdesk/shared';
import { createInputValidator } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { createSlotFormats } from '../../apps/web/src/format/slots.ts';
import { findAttention } from '../../apps/web/src/pages/overview/find-attention.ts';
import { dayOf, groupOf, readRange, toRange } from '../../apps/web/src/pages/overview/history-range.ts';
import { toHistory } from '../../apps/web/src/pages/overview/history-rows.ts';
import { makeSampleBatch } from '../../apps/web/src/pages/overview/sample-batch.ts';

const NOW = 1_795_443_157;

test.each([
  ['7d', 'day', 7, '2026-11-17', '2026-11-23'],
  ['30d', 'day', 30, '2026-10-25', '2026-11-23'],
  ['90d', 'week', 13, '2026-08-31', '2026-11-23'],
  ['12m', 'month', 12, '2025-12-01', '2026-11-01'],
] as const)('%s is shown by %s', (name, group_by, count, first, last) => {
  const range = toRange(name, '2026-11-23');
  expect(range).toMatchObject({ name, group_by });
  expect([range.days.length, range.days[0], range.days.at(-1)]).toEqual([count, first, last]);
});

test('weeks begin on Monday, on a Sunday too', () => {
  expect(toRange('90d', '2026-11-29').days.at(-1)).toBe('2026-11-23');
});

test('an address that names no range, or an unknown one, shows 30 days', () => {
  expect([undefined, '1y', ['7d'], '90d'].map(readRange)).toEqual(['30d', '30d', '30d', '90d']);
});

test.each([
  ['2026-11-23', 'day', '2026-11-23'],
  ['2026-11-23', 'week', '2026-W48'],
  ['2026-01-01', 'week', '2026-W01'],
  ['2027-01-03', 'week', '2026-W53'],
  ['2024-12-30', 'week', '2025-W01'],
  ['2026-02-01', 'month', '2026-02'],
] as const)('%s is in the %s %s', (day, unit, group) => {
  expect(groupOf(day, unit)).toBe(group);
});

test('a moment is in a day of UTC', () => {
  expect([dayOf(0), dayOf(86_399), dayOf(NOW)]).toEqual(['1970-01-01', '1970-01-01', '2026-11-23']);
});

const group = (name: string): StatsGroup => ({
  group: name,
  total_batches: 2,
  request_counts: { total: 10, completed: 6, failed: 1 },
  usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12, cached_tokens: 0, reasoning_tokens: 0 },
  cost: null,
  savings: null,
  synchronous_cost: null,
  unpriced_batches: 2,
  success_rate: { requests: 1, batches: 1 },
  time_to_completion: { batches: 1, median: 4, p95: 9 },
  wait_for_capacity: { batches: 0, median: null, p95: null },
});

test('times without batches are there with zeros, and have no time to completion', () => {
  const rows = toHistory([group('2026-11-22')], toRange('7d', '2026-11-23'));
  expect(rows.map(({ succeeded }) => succeeded)).toEqual([0, 0, 0, 0, 0, 6, 0]);
  expect(rows.map(({ median }) => median)).toEqual([null, null, null, null, null, 4, null]);
  expect(rows[5]).toMatchObject({ failed: 1, unanswered: 3, cost: null, input: 5, output: 7, p95: 9 });
  expect(rows[6]).toMatchObject({ unanswered: 0, cost: 0, synchronous: 0 });
});

test('pieces of time are written as the language does', () => {
  expect(createSlotFormats('en', 'day').short('2026-11-23')).toBe('Nov 23');
  expect(createSlotFormats('fr', 'week').short('2026-11-23')).toBe('23 nov.');
  expect(createSlotFormats('fr', 'month').long('2026-11-01')).toBe('novembre 2026');
});

const NO_COUNTS = {
  total: 10,
  pending: 0,
  submitted: 0,
  succeeded: 10,
  failed: 0,
  expired: 0,
  cancelled: 0,
  missing: 0,
};
const job = (id: string, more: Partial<Job> = {}): Job => ({
  id,
  object: 'job',
  kind: 'job',
  name: null,
  status: 'in_progress',
  state: 'in_progress',
  provider: 'openai',
  endpoint: '/v1/responses',
  models: [],
  metadata: null,
  retry: null,
  completion_deadline: null,
  counts: NO_COUNTS,
  answered: { completed: 0, failed: 0 },
  cost: { currency: 'usd', amount: null, synchronous: null, savings: null, unpriced_batches: 0 },
  usage: null,
  budget: null,
  batch_count: 1,
  batch_ids: [],
  batch_id: null,
  waiting: null,
  expires_at: null,
  input_sha256: null,
  input_bytes: null,
  created_at: NOW,
  finished_at: null,
  ...more,
});
const health = (more: Partial<Health['provider']> = {}): Health => ({
  success: true,
  status: 'ok',
  version: '0',
  provider: { name: 'openai', base_url: '', ready: true, paused: null, trouble: null, ...more },
});
const paused = { code: 'insufficient_quota', message: '', since: NOW, probe_at: NOW };
const trouble = { code: 'provider_error', since: NOW };
const reached: BudgetState = {
  limit: 1,
  warn_at: 0.8,
  at_limit: 'hold',
  spent: 1,
  committed: 1,
  state: 'reached',
  held: 2,
};
const calm = { jobs: [], recentErrors: [], health: health(), budget: null, now: NOW };
const waiting = (reason: NonNullable<Job['waiting']>['reason']) => ({ waiting: { reason, until: null } });

test('nothing needs attention while all goes its way', () => {
  const jobs = [job('a', { expires_at: NOW + 7_201 }), job('b', waiting('busy'))];
  expect(findAttention({ ...calm, jobs, budget: { ...reached, state: 'warned' } })).toEqual([]);
  expect(findAttention({ ...calm, health: undefined })).toEqual([]);
});

test('what is most urgent comes first', () => {
  const jobs = [
    job('waits', waiting('token_limit')),
    job('late', { expires_at: NOW + 7_200 }),
    job('later', { expires_at: NOW + 60 }),
    job('stuck', { stuck: 'finalizing' }),
  ];
  const recentErrors = [
    job('erring', { state: 'completed', counts: { ...NO_COUNTS, succeeded: 7, failed: 2, missing: 1 } }),
    job('failed', { state: 'failed', counts: { ...NO_COUNTS, succeeded: 0, failed: 10 } }),
  ];
  const found = findAttention({ jobs, recentErrors, health: health({ trouble }), budget: reached, now: NOW });
  expect(found.map((item) => ('job' in item ? `${item.kind} ${item.job.id}` : item.kind))).toEqual([
    'trouble',
    'budget',
    'stuck stuck',
    'expiring later',
    'expiring late',
    'waiting waits',
    'errors erring',
    'ended failed',
  ]);
  expect(found[6]).toMatchObject({ failed: 3 });
});

test('of the provider the worst is said once', () => {
  const kinds = (provider: Partial<Health['provider']>) =>
    findAttention({ ...calm, health: health(provider) }).map(({ kind }) => kind);
  expect(kinds({ ready: false, paused, trouble })).toEqual(['no_key']);
  expect(kinds({ paused, trouble })).toEqual(['paused']);
});

test('a batch is there once, and what holds up everything is not said of each', () => {
  const both = job('both', { stuck: 'window', expires_at: NOW - 5, ...waiting('backoff') });
  const held = [job('a', waiting('provider_paused')), job('b', waiting('month_budget'))];
  const jobs = [both, ...held];
  const found = findAttention({
    jobs,
    recentErrors: [both],
    health: health({ paused }),
    budget: reached,
    now: NOW,
  });
  expect(found.map(({ kind }) => kind)).toEqual(['paused', 'budget', 'stuck']);
  expect(findAttention({ ...calm, jobs: held }).map(({ kind }) => kind)).toEqual(['waiting', 'waiting']);
});

test('the sample is a batch that OpenAI takes', () => {
  const { endpoint, requests } = makeSampleBatch({ t: (name: string) => name } as never);
  const validator = createInputValidator();
  for (const request of requests ?? []) validator.feed(Buffer.from(`${JSON.stringify(request)}\n`));
  expect(validator.finish({ endpoint })).toMatchObject({ request_count: 3, issues: [] });
});
