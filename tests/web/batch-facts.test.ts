import type { Batch, Job, JobCounts, SubmissionView } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { groupByDay } from '../../apps/web/src/pages/batch/activity/group-by-day.ts';
import { costOf } from '../../apps/web/src/pages/batch/figures/cost-of.ts';
import {
  countUnsuccessful,
  hasEnded,
  hindranceOf,
  isPressing,
  primaryActionOf,
} from '../../apps/web/src/pages/batch/job-facts.ts';
import { listErrors, wasReplaced } from '../../apps/web/src/pages/batch/parts/part-errors.ts';
import { outcomesOf } from '../../apps/web/src/pages/batch/progress/outcomes-of.ts';
import { cutText } from '../../apps/web/src/pages/batch/raw/cut-text.ts';
import { chooseBatches } from '../../apps/web/src/pages/batch/shown-batches.ts';

const counts = (more: Partial<JobCounts>): JobCounts => ({
  total: 10,
  pending: 0,
  submitted: 0,
  succeeded: 0,
  failed: 0,
  expired: 0,
  cancelled: 0,
  missing: 0,
  ...more,
});

const job = (state: Job['state'], outcomes: Partial<JobCounts> = {}, more: Partial<Job> = {}) => {
  const ended = { completed: 'completed', failed: 'completed', expired: 'completed', cancelled: 'cancelled' };
  const status = Object.hasOwn(ended, state) ? ended[state as keyof typeof ended] : 'in_progress';
  return { kind: 'job', status, state, counts: counts(outcomes), batch_count: 1, ...more } as Job;
};

test.each([
  ['cancel', job('waiting', { pending: 10 })],
  ['cancel', job('in_progress', { submitted: 10 })],
  ['cancel', job('cancelling', { submitted: 10 })],
  ['retry', job('completed', { succeeded: 9, failed: 1 })],
  ['retry', job('failed', { failed: 10 })],
  ['retry', job('cancelled', { cancelled: 10 })],
  ['download', job('completed', { succeeded: 10 })],
  ['download', job('cancelled', { succeeded: 4, cancelled: 6 })],
  ['download', job('completed', { submitted: 10 }, { status: 'in_progress' })],
  ['download', job('completed', { succeeded: 9, failed: 1 }, { kind: 'imported' })],
] as const)('what stands first is to %s', (action, shown) => {
  expect(primaryActionOf(shown)).toBe(action);
});

test('a batch has ended when its results are here', () => {
  expect(hasEnded(job('completed'))).toBe(true);
  expect(hasEnded(job('completed', {}, { status: 'in_progress' }))).toBe(false);
  expect(hasEnded(job('in_progress'))).toBe(false);
});

test('a retry sends all that did not succeed', () => {
  expect(
    countUnsuccessful(job('cancelled', { succeeded: 1, failed: 2, expired: 3, missing: 4, cancelled: 5 })),
  ).toBe(14);
});

test('what cannot be downloaded says why', () => {
  const running = job('in_progress', { submitted: 10 });
  expect(hindranceOf(running, 'merged')).toBe('running');
  expect(hindranceOf(job('in_progress', { succeeded: 5, submitted: 5 }), 'merged')).toBeNull();
  expect(hindranceOf(job('completed', { submitted: 10 }, { status: 'in_progress' }), 'output')).toBe(
    'collecting',
  );
  const ended = job('completed', { succeeded: 10 });
  expect(hindranceOf(ended, 'output')).toBeNull();
  expect(hindranceOf(ended, 'error')).toBe('nothing');
  expect(hindranceOf(job('failed', { failed: 10 }), 'error')).toBe('nothing');
  const elsewhere = job('in_progress', { succeeded: 5, submitted: 5 }, { kind: 'imported' });
  expect(hindranceOf(elsewhere, 'output')).toBe('running');
});

test('less than two hours are pressing', () => {
  expect(isPressing(10_000, 10_000 - 7_200)).toBe(false);
  expect(isPressing(10_000, 10_000 - 7_199)).toBe(true);
});

test('the bar is full of what has become of all requests', () => {
  const shares = outcomesOf(counts({ succeeded: 4, failed: 1, submitted: 5 }), 3);
  expect(shares.filter(({ count }) => count > 0)).toEqual([
    { outcome: 'succeeded', count: 4, start: 0, width: 40 },
    { outcome: 'failed', count: 1, start: 40, width: 10 },
    { outcome: 'answered', count: 3, start: 50, width: 30 },
    { outcome: 'submitted', count: 2, start: 80, width: 20 },
  ]);
  expect(outcomesOf(counts({ total: 0 }), 0).every(({ width }) => width === 0)).toBe(true);
});

const submission = (batch_id: string, more: Partial<SubmissionView> = {}) =>
  ({
    id: `sub_${batch_id}`,
    batch_id,
    batch_status: 'completed',
    settled_at: 1,
    error: null,
    ...more,
  }) as SubmissionView;

test('of many batches those that run are looked at, and the first and the last that ran', () => {
  const ids = Array.from({ length: 100 }, (_, index) => `b${index}`);
  const special: Record<string, Partial<SubmissionView>> = {
    b0: { batch_status: 'failed' },
    b50: { batch_status: 'in_progress' },
  };
  const submissions = ids.map((id) => submission(id, special[id] ?? {}));
  const chosen = chooseBatches({ batch_ids: ids }, submissions);
  expect(chosen).toHaveLength(12);
  expect(chosen).toEqual(expect.arrayContaining(['b1', 'b50', 'b99']));
  expect(chosen).toEqual(ids.filter((id) => chosen.includes(id)));
  expect(chooseBatches({ batch_ids: ['one'] }, [])).toEqual(['one']);
});

const cost = (amount: number | null, unpriced_batches = 0): Job['cost'] => ({
  currency: 'usd',
  amount,
  synchronous: null,
  savings: amount,
  unpriced_batches,
});

test('a cost that is not known is never 0', () => {
  const of = (more: Partial<Job>, batches: Batch[] = [], submissions: SubmissionView[] = []) =>
    costOf({ job: job('completed', {}, more), batches, submissions });
  const usage = { total_tokens: 5 } as Job['usage'];
  const unknown = { cost: { amount: null, unknown: 'price' } } as Batch;
  expect(of({ cost: cost(null, 1), usage }, [unknown])).toEqual({ kind: 'unknown', why: 'price' });
  expect(of({ cost: cost(0), usage: null })).toEqual({ kind: 'open', estimate: null });
  const none = { total_tokens: 0 } as Job['usage'];
  expect(of({ cost: cost(0), usage: none, status: 'in_progress' })).toEqual({ kind: 'open', estimate: null });
  expect(of({ cost: cost(0), usage: none })).toMatchObject({ kind: 'known', amount: 0, isAtLeast: false });
  const estimated = [submission('b', { estimated_cost: 0.5 }), submission('c', { estimated_cost: 0.25 })];
  expect(of({ cost: cost(0), usage: null }, [], estimated)).toEqual({ kind: 'open', estimate: 0.75 });
  expect(of({ cost: cost(2), usage })).toEqual({ kind: 'known', amount: 2, savings: 2, isAtLeast: false });
  expect(of({ cost: cost(2, 1), usage })).toMatchObject({ isAtLeast: true });
  const partial = { cost: { amount: 2, basis: 'partial_results' } } as Batch;
  expect(of({ cost: cost(2), usage }, [partial])).toMatchObject({ isAtLeast: true });
});

test('what the provider and we say of a part is told once', () => {
  const error = { code: 'x', message: 'No room.' };
  const batch = {
    errors: { data: [{ code: 'x', message: 'No room.', line: null, param: null }] },
  } as unknown as Batch;
  expect(listErrors({ error }, batch)).toEqual([{ text: 'No room.', line: null }]);
  expect(listErrors({ error }, undefined)).toEqual([{ text: 'No room.', line: null }]);
  expect(listErrors({ error: null }, undefined)).toEqual([]);
  expect(wasReplaced({ status: 'failed', batch_id: 'b' })).toBe(true);
  expect(wasReplaced({ status: 'failed', batch_id: null })).toBe(false);
});

test('events are told by their day, in their order', () => {
  const event = (id: number, created_at: number) => ({
    id,
    created_at,
    type: 'x',
    job_id: 'j',
    batch_id: null,
    data: {},
  });
  const days = groupByDay(
    [event(4, 205), event(3, 201), event(1, 100)],
    (seconds) => `day ${Math.floor(seconds / 100)}`,
  );
  expect(days.map(({ day, events }) => [day, events.map(({ id }) => id)])).toEqual([
    ['day 2', [4, 3]],
    ['day 1', [1]],
  ]);
});

test('a long text is cut between characters', () => {
  expect(cutText('é')).toEqual({ text: 'é', bytes: 2, isCut: false });
  const cut = cutText('a' + 'é'.repeat(150_000));
  expect(cut).toMatchObject({ bytes: 300_001, isCut: true });
  expect(cut.text).toBe('a' + 'é'.repeat(99_999));
});
