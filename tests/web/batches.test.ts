import type { Job } from '@batchdesk/shared';
import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { readFilters, toCountInput, toSearch, withoutFilters } from '../../apps/web/src/api/job-filters.ts';
import { jobName } from '../../apps/web/src/format/job-name.ts';
import { planBulk } from '../../apps/web/src/pages/batches/bulk-plan.ts';
import { between } from '../../apps/web/src/pages/batches/create-selection.ts';
import { dayOf, nextDay, startOfDay } from '../../apps/web/src/pages/batches/days.ts';
import { fromFields, toFields } from '../../apps/web/src/pages/batches/filter-fields.ts';
import { keepSame, mergeRows } from '../../apps/web/src/pages/batches/merge-rows.ts';
import { runAll } from '../../apps/web/src/pages/batches/run-all.ts';
import { tabsOf } from '../../apps/web/src/pages/batches/state-tabs.ts';

const job = (id: string, more: Partial<Job> = {}) =>
  ({ id, state: 'completed', status: 'completed', ...more }) as Job;
const jobs = (ids: string) => ids.split('').map((id) => job(id));
const shownAs = ({ rows, newCount }: ReturnType<typeof mergeRows>) => [
  rows.map(({ job: { id }, isGone }) => (isGone ? `(${id})` : id)).join(''),
  newCount,
];

test.each([
  { what: 'the same', shown: 'cba', head: 'cba', more: false, rows: 'cba', newCount: 0 },
  { what: 'new ones above wait', shown: 'cba', head: 'edcba', more: false, rows: 'cba', newCount: 2 },
  {
    what: 'what the first page has no room for any more stays',
    shown: 'cba',
    head: 'edc',
    more: true,
    rows: 'cba',
    newCount: 2,
  },
  { what: 'only new ones', shown: 'cba', head: 'fed', more: true, rows: 'cba', newCount: 3 },
  { what: 'one between others waits', shown: 'ca', head: 'cba', more: false, rows: 'ca', newCount: 1 },
  {
    what: 'one that left keeps its place',
    shown: 'cba',
    head: 'ca',
    more: false,
    rows: 'c(b)a',
    newCount: 0,
  },
  { what: 'all have left', shown: 'ba', head: '', more: false, rows: '(b)(a)', newCount: 0 },
  {
    what: 'what comes after the last is appended',
    shown: 'cb',
    head: 'cba',
    more: false,
    rows: 'cba',
    newCount: 0,
  },
  { what: 'nothing was shown', shown: '', head: 'ba', more: false, rows: 'ba', newCount: 0 },
])('rows in their places: $what', ({ shown, head, more, rows, newCount }) => {
  const options = { isWhole: !more, isSteady: true };
  expect(shownAs(mergeRows(jobs(shown), { data: jobs(head), has_more: more }, options))).toEqual([
    rows,
    newCount,
  ]);
});

test('what moves up when a row is deleted is not new, and comes with the next page', () => {
  const merged = mergeRows(
    jobs('dc'),
    { data: jobs('dcb'), has_more: true },
    { isWhole: false, isSteady: true },
  );
  expect(shownAs(merged)).toEqual(['dc', 0]);
});

test('in an order by what changes, a row that moved away has not left', () => {
  const head = { data: jobs('ca'), has_more: true };
  expect(shownAs(mergeRows(jobs('cba'), head, { isWhole: false, isSteady: false }))).toEqual(['cba', 0]);
  expect(shownAs(mergeRows(jobs('cba'), head, { isWhole: false, isSteady: true }))).toEqual(['c(b)a', 0]);
});

test('rows take what the first page says, and stay the same objects when it says the same', () => {
  const before = new Map(jobs('ba').map((one) => [one.id, { job: one, isGone: false }]));
  const head = { data: [job('b', { state: 'failed' }), job('a')], has_more: false };
  const { rows } = mergeRows(jobs('ba'), head, { isWhole: true, isSteady: true });
  const after = keepSame(rows, before);
  expect(after.get('b')?.job.state).toBe('failed');
  expect(after.get('a')).toBe(before.get('a'));
});

test('an address says the filters, and what it says wrong counts for nothing', () => {
  const filters = {
    state: 'failed',
    q: 'a b',
    metadata: 'k=v=w',
    created_after: 5,
    has_errors: true,
    sort: 'cost',
    order: 'asc',
  } as const;
  expect(readFilters(new URLSearchParams(toSearch(filters)))).toEqual(filters);
  const wrong = '?state=lost&q=%20&created_after=x&has_errors=1&sort=created_at&order=desc&source=api';
  expect(readFilters(new URLSearchParams(wrong))).toEqual({});
  expect(toCountInput(filters)).toEqual({ q: 'a b', metadata: 'k=v=w', created_after: 5, has_errors: true });
  expect(withoutFilters({ q: 'a', model: 'm' }, ['q'])).toEqual({ model: 'm' });
});

test.each([
  ['2026-11-23', 'Europe/Berlin', '2026-11-22T23:00:00Z'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
  ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00Z'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00Z'],
  ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00Z'],
  ['2026-07-01', 'Asia/Kolkata', '2026-06-30T18:30:00Z'],
  ['2026-01-01', 'UTC', '2026-01-01T00:00:00Z'],
])('the day %s in %s begins at %s', (day, zone, begin) => {
  const second = Date.parse(begin) / 1_000;
  expect(startOfDay(day, zone)).toBe(second);
  expect([dayOf(second, zone), nextDay(dayOf(second - 1, zone))]).toEqual([day, day]);
});

test('the form has whole days, turns them round, and keeps seconds that it did not change', () => {
  const exact = { created_after: 1_795_443_155, q: 'x' };
  expect(fromFields(exact, toFields(exact, 'UTC'), 'UTC')).toEqual(exact);
  const fields = { ...toFields({}, 'UTC'), from: '2026-01-03', to: '2026-01-02', model: ' m ' };
  const day = Date.parse('2026-01-02T00:00:00Z') / 1_000;
  const filters = fromFields({ sort: 'cost', model: 'old' }, fields, 'UTC');
  expect(filters).toEqual({ sort: 'cost', model: 'm', created_after: day, created_before: day + 2 * 86_400 });
  expect(toFields(filters, 'UTC')).toMatchObject({ from: '2026-01-02', to: '2026-01-03', model: 'm' });
  expect(startOfDay('soon', 'UTC')).toBeNull();
});

test('tabs are the ends, what is in progress, and what occurs', () => {
  const quiet = ['in_progress', 'completed', 'failed', 'expired', 'cancelled'];
  expect(tabsOf({}, undefined)).toEqual(quiet);
  expect(tabsOf({ waiting: 1 }, 'cancelling')).toEqual([
    'waiting',
    'in_progress',
    'cancelling',
    ...quiet.slice(1),
  ]);
});

test('an action says to how many it can be done, and how many stay as they are', () => {
  const counts = {
    total: 10,
    pending: 1,
    submitted: 4,
    succeeded: 2,
    failed: 1,
    expired: 1,
    cancelled: 1,
    missing: 0,
  };
  const runs = job('r', { status: 'in_progress', state: 'in_progress', counts });
  const collecting = job('c', {
    status: 'in_progress',
    counts: { ...counts, failed: 0, expired: 0, cancelled: 0 },
  });
  const stopping = job('s', { status: 'cancelling', state: 'cancelling', counts });
  const ended = job('e', { counts });
  const all = [runs, collecting, stopping, ended];
  expect(planBulk('cancel', all)).toEqual({ action: 'cancel', jobs: [runs], requestCount: 5, otherCount: 3 });
  expect(planBulk('retry', all)).toEqual({
    action: 'retry',
    jobs: [runs, ended],
    requestCount: 6,
    otherCount: 2,
  });
  expect(planBulk('delete', all)).toEqual({
    action: 'delete',
    jobs: [ended],
    requestCount: 10,
    otherCount: 3,
  });
});

test('a few calls at a time, and one that fails keeps no other from its turn', async () => {
  let now = 0;
  let most = 0;
  const { done, failed } = await runAll(
    [1, 2, 3, 4, 5, 6],
    async (item) => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      now--;
      if (item === 2) throw new TRPCClientError('no answer');
    },
    2,
  );
  expect([most, done.toSorted((a, b) => a - b), failed]).toEqual([
    2,
    [1, 3, 4, 5, 6],
    [{ item: 2, failure: { kind: 'unreachable' } }],
  ]);
});

test('ticking with Shift takes the rows between', () => {
  expect(between(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(between(['a', 'b'], 'gone', 'b')).toEqual(['b']);
});

test('a batch is called by its name, the name in its metadata, else its id', () => {
  const one = { id: 'i', name: null, metadata: { batch_name: 'm' }, batch_id: 'batch_1' };
  expect(jobName({ ...one, name: 'n' })).toBe('n');
  expect(jobName(one)).toBe('m');
  expect(jobName({ ...one, metadata: { batch_name: ' ' } })).toBe('batch_1');
  expect(jobName({ ...one, metadata: null, batch_id: null })).toBe('i');
});
