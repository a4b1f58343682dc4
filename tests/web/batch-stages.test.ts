import type { Batch, Job, SubmissionView } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { coveredSeconds, wholeSeconds } from '../../apps/web/src/pages/batch/timeline/spans.ts';
import { elapsedSeconds, stagesOf } from '../../apps/web/src/pages/batch/timeline/stages-of.ts';
import type { Stage } from '../../apps/web/src/pages/batch/timeline/stages-of.ts';

const job = (more: Partial<Job> = {}) =>
  ({
    kind: 'job',
    status: 'in_progress',
    state: 'in_progress',
    created_at: 100,
    finished_at: null,
    ...more,
  }) as Job;

const submission = (id: string, more: Partial<SubmissionView> = {}) =>
  ({
    id,
    status: 'submitted',
    batch_id: null,
    batch_status: null,
    created_at: 100,
    settled_at: null,
    ...more,
  }) as SubmissionView;

const batch = (id: string, more: Partial<Batch> = {}) =>
  ({
    id,
    status: 'validating',
    created_at: 110,
    in_progress_at: null,
    finalizing_at: null,
    completed_at: null,
    failed_at: null,
    expired_at: null,
    cancelling_at: null,
    cancelled_at: null,
    ...more,
  }) as Batch;

const told = (stages: Stage[]) =>
  Object.fromEntries(stages.map(({ name, state, seconds }) => [name, [state, seconds]]));

test('what several spans cover counts once', () => {
  expect(coveredSeconds([])).toBe(0);
  const spans = [
    { start: 50, end: 60 },
    { start: 0, end: 10 },
    { start: 5, end: 20 },
    { start: 6, end: 7 },
  ];
  expect(coveredSeconds(spans)).toBe(30);
  expect(wholeSeconds(spans)).toBe(60);
});

test('a batch that was just handed in waits to be sent', () => {
  const stages = stagesOf({ job: job({ state: 'waiting' }), submissions: [], batches: [] }, 130);
  expect(told(stages)).toEqual({
    handed_in: ['done', null],
    waiting: ['current', 30],
    validating: ['next', null],
    in_progress: ['next', null],
    finalizing: ['next', null],
    collecting: ['next', null],
    ended: ['next', null],
  });
});

test('a running batch has what is behind it, the time so far, and what is to come', () => {
  const running = batch('b', { status: 'in_progress', in_progress_at: 115 });
  const submissions = [submission('s', { batch_id: 'b', batch_status: 'in_progress' })];
  const sources = { job: job(), submissions, batches: [running] };
  expect(told(stagesOf(sources, 175))).toMatchObject({
    waiting: ['done', 10],
    validating: ['done', 5],
    in_progress: ['current', 60],
    finalizing: ['next', null],
  });
  expect(elapsedSeconds(sources, 175)).toBe(75);
});

test('a batch that has ended has a duration of each stage, and skipped those it did not come to', () => {
  const ended = batch('b', { status: 'completed', in_progress_at: 115, completed_at: 200 });
  const submissions = [submission('s', { batch_id: 'b', batch_status: 'completed', settled_at: 204 })];
  const sources = {
    job: job({ status: 'completed', state: 'completed', finished_at: 204 }),
    submissions,
    batches: [ended],
  };
  const stages = stagesOf(sources, 999);
  expect(told(stages)).toMatchObject({
    in_progress: ['done', 85],
    finalizing: ['skipped', null],
    collecting: ['done', 4],
    ended: ['done', null],
  });
  expect(stages.at(-1)).toMatchObject({ start: 204 });
  expect(elapsedSeconds(sources, 999)).toBe(104);
});

test('results that are on their way here are a stage of their own', () => {
  const ended = batch('b', {
    status: 'completed',
    in_progress_at: 115,
    finalizing_at: 190,
    completed_at: 200,
  });
  const submissions = [submission('s', { batch_id: 'b', batch_status: 'completed' })];
  const stages = stagesOf({ job: job({ state: 'completed' }), submissions, batches: [ended] }, 206);
  expect(told(stages)).toMatchObject({
    finalizing: ['done', 10],
    collecting: ['current', 6],
    ended: ['next', null],
  });
});

test('a batch that was refused failed where it was', () => {
  const refused = batch('b', { status: 'failed', failed_at: 112 });
  const submissions = [submission('s', { batch_id: 'b', batch_status: 'failed', settled_at: 113 })];
  const failed = job({ status: 'completed', state: 'failed', finished_at: 113 });
  expect(told(stagesOf({ job: failed, submissions, batches: [refused] }, 500))).toMatchObject({
    waiting: ['done', 10],
    validating: ['failed', 2],
    in_progress: ['skipped', null],
    ended: ['failed', null],
  });
});

test('cancelling is a stage only where somebody cancels', () => {
  const cancelling = batch('b', { status: 'cancelling', in_progress_at: 115, cancelling_at: 120 });
  const submissions = [submission('s', { batch_id: 'b', batch_status: 'cancelling' })];
  const stages = stagesOf({ job: job({ state: 'cancelling' }), submissions, batches: [cancelling] }, 125);
  expect(told(stages)).toMatchObject({
    in_progress: ['done', 5],
    cancelling: ['current', 5],
    collecting: ['next', null],
  });
});

test('of several parts a stage is the span over all, and has begun while one is before it', () => {
  const batches = [
    batch('one', { status: 'completed', in_progress_at: 112, finalizing_at: 130, completed_at: 131 }),
    batch('two', { status: 'in_progress', created_at: 140, in_progress_at: 142 }),
  ];
  const submissions = [
    submission('1', { batch_id: 'one', batch_status: 'completed', settled_at: 135 }),
    submission('2', { batch_id: 'two', batch_status: 'in_progress' }),
    submission('3', { status: 'waiting_for_capacity' }),
  ];
  expect(told(stagesOf({ job: job(), submissions, batches }, 150))).toMatchObject({
    waiting: ['current', 50],
    validating: ['begun', 4],
    in_progress: ['current', 26],
    finalizing: ['begun', 1],
  });
});

test('the time between an end and being retried counts for nothing', () => {
  const batches = [
    batch('one', { status: 'completed', in_progress_at: 112, completed_at: 130 }),
    batch('two', { status: 'in_progress', created_at: 1_005, in_progress_at: 1_010 }),
  ];
  const submissions = [
    submission('1', { batch_id: 'one', batch_status: 'completed', settled_at: 135 }),
    submission('2', { batch_id: 'two', batch_status: 'in_progress', created_at: 1_000 }),
  ];
  const sources = { job: job(), submissions, batches };
  expect(elapsedSeconds(sources, 1_020)).toBe(55);
  expect(told(stagesOf(sources, 1_020))).toMatchObject({ in_progress: ['current', 28] });
});

test('where some batches are not given a stage is from the first to the last', () => {
  const batches = [
    batch('one', { status: 'completed', in_progress_at: 112, completed_at: 130 }),
    batch('three', { status: 'completed', created_at: 190, in_progress_at: 192, completed_at: 200 }),
  ];
  const submissions = ['one', 'two', 'three'].map((id) =>
    submission(id, { batch_id: id, batch_status: 'completed', settled_at: 200 }),
  );
  const sources = { job: job({ batch_count: 3 }), submissions, batches };
  expect(told(stagesOf(sources, 210))).toMatchObject({ in_progress: ['done', 88] });
});

test('of a part whose batch is not given its status is enough', () => {
  const submissions = [
    submission('1', { batch_id: 'one', batch_status: 'completed', settled_at: 135 }),
    submission('2', { batch_id: 'two', batch_status: 'validating' }),
  ];
  expect(told(stagesOf({ job: job(), submissions, batches: [] }, 150))).toMatchObject({
    waiting: ['done', null],
    validating: ['current', null],
    in_progress: ['begun', null],
  });
});

test('a batch made elsewhere is neither sent nor fetched by us', () => {
  const made = batch('b', { status: 'completed', created_at: 100, in_progress_at: 101, completed_at: 150 });
  const imported = job({ kind: 'imported', status: 'completed', state: 'completed', finished_at: 150 });
  const stages = stagesOf({ job: imported, submissions: [], batches: [made] }, 500);
  expect(stages.map(({ name }) => name)).toEqual([
    'handed_in',
    'validating',
    'in_progress',
    'finalizing',
    'ended',
  ]);
  expect(told(stages)).toMatchObject({ validating: ['done', 1], in_progress: ['done', 49] });
  const unknown = { job: job({ kind: 'imported' }), submissions: [], batches: [] };
  expect(told(stagesOf(unknown, 500))).toMatchObject({
    validating: ['done', null],
    in_progress: ['current', null],
    finalizing: ['next', null],
  });
});
