import { JOB_SORTS, JOB_STATES, jobFiltersSchema } from '@batchdesk/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findWrongTotals, rebuildTotals } from '../../apps/server/src/db/batch-totals.ts';
import { countJobs } from '../../apps/server/src/db/count-jobs.ts';
import { placeOf, readJobs } from '../../apps/server/src/db/job-pages.ts';
import type { JobPlace } from '../../apps/server/src/db/job-stretches.ts';
import type { JobOrder, JobQuery } from '../../apps/server/src/db/select-jobs.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { compareJobs, isAskedFor, readJobModels } from './job-model.ts';
import { openTestDatabase } from './open-test-database.ts';
import {
  ENDPOINTS,
  HASHES,
  MODELS,
  START,
  batchRest,
  createRandomRows,
  fillJobs,
  submissionRest,
} from './random-jobs.ts';

// More than is looked at in one statement, and more of most kinds than are sorted at once.
const JOBS = 6_000;
let database: Awaited<ReturnType<typeof openTestDatabase>>;
let all: Awaited<ReturnType<typeof readJobModels>>;

beforeAll(async () => {
  database = await openTestDatabase();
  await fillJobs(database.db, JOBS, 7);
  all = await readJobModels(database.db);
}, 60_000);
afterAll(() => database[Symbol.asyncDispose]());

const ORDERS = JOB_SORTS.flatMap((sort) => (['desc', 'asc'] as const).map((order) => ({ sort, order })));

function expected(query: JobQuery, order: JobOrder): string[] {
  return all
    .filter((job) => isAskedFor(query, job))
    .toSorted((a, b) => compareJobs(order, a, b))
    .map(({ id }) => id);
}

const asText = (key: Record<string, string | boolean>, jobs: number) =>
  `${['status', 'state', 'kind', 'endpoint', 'has_errors'].map((name) => key[name]).join(' ')}: ${jobs}`;

/** The ids of all jobs that match, read page by page. */
async function readAll(query: JobQuery, order: JobOrder, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let after: JobPlace | undefined; ;) {
    const jobs = await readJobs(database.db, query, { ...order, after, limit });
    ids.push(...jobs.map(({ id }) => id));
    if (jobs.length < limit) return ids;
    after = placeOf(jobs.at(-1)!, order);
  }
}

test('what is kept of each job is what its batches and submissions say', () => {
  for (const { expected: facts, id, state, request_count, has_errors, cost } of all) {
    expect({ id, state, request_count, has_errors, cost }).toEqual({ id, ...facts });
  }
  expect(new Set(all.map(({ state }) => state))).toEqual(new Set(JOB_STATES));
});

describe.each(ORDERS)('sorted by $sort, $order', (order) => {
  test('page after page shows each job once, in order', async () => {
    expect(await readAll({}, order, 97)).toEqual(expected({}, order));
  });

  test('so it does with filters', async () => {
    for (const [query, limit] of [
      [{ state: 'completed' }, 50],
      [{ state: 'failed', kind: 'imported' }, 10],
      [{ has_errors: false, endpoint: ENDPOINTS[0] }, 100],
      [{ q: 'night' }, 100],
      [{ created_after: START + 300, created_before: START + 900 }, 100],
    ] satisfies [JobQuery, number][]) {
      expect(await readAll(query, order, limit)).toEqual(expected(query, order));
    }
  });
});

test('an after outside of the dates is no way around them', async () => {
  const query = { created_after: START + 300, created_before: START + 900 };
  for (const order of ['desc', 'asc'] as const) {
    const by = { sort: 'created_at', order } as const;
    const wanted = expected(query, by).slice(0, 10);
    for (const [value, ids] of [
      [order === 'desc' ? START + 1_100 : START, wanted],
      [order === 'desc' ? START : START + 1_100, []],
    ] as const) {
      const rows = await readJobs(database.db, query, { ...by, after: { value, id: 'job_x' }, limit: 10 });
      expect(rows.map(({ id }) => id)).toEqual(ids);
    }
  }
});

test('any filters together are those of each alone, in the list and in its counts', async () => {
  const { below, pick } = createRandomRows(11);
  const some = <T>(value: () => T) => (below(100) < 25 ? value() : undefined);
  for (let round = 0; round < 150; round += 1) {
    const query: JobQuery = {
      state: some(() => pick(JOB_STATES)),
      status: some(() => pick(['in_progress', 'completed'] as const)),
      kind: some(() => pick(['job', 'batch', 'imported'] as const)),
      endpoint: some(() => pick([...ENDPOINTS, '/v1/none'])),
      model: some(() => pick([...MODELS, 'none'])),
      q: some(() => pick(['night', '0 %', 'job_1', 'batch_1', 'rare', 'é', '_0', 'sub_', '"x', 'batchdesk'])),
      metadata: some(() =>
        pick([{ key: 'team' }, { key: 'team', value: 'search' }, { key: 'a"b' }, { key: 'batchdesk' }]),
      ),
      created_after: some(() => START + below(12) * 100),
      created_before: some(() => START + below(12) * 100),
      has_errors: some(() => pick([true, false])),
      input_sha256: some(() => pick(HASHES)),
      ids: below(10) === 0 ? Array.from({ length: 50 }, () => pick(all).id) : undefined,
    };
    const order = pick(ORDERS);
    const ids = expected(query, order);
    const page = await readJobs(database.db, query, { ...order, after: undefined, limit: 101 });
    expect(
      page.map(({ id }) => id),
      JSON.stringify({ query, order }),
    ).toEqual(ids.slice(0, 101));
    const { counts, isPartial } = await countJobs(database.db, query);
    const states = all.filter((job) => isAskedFor(query, job)).map(({ state }) => state);
    const wanted = Map.groupBy(states, (state) => state);
    expect(isPartial).toBe(false);
    expect(Object.fromEntries(counts), JSON.stringify(query)).toEqual(
      Object.fromEntries([...wanted].map(([state, found]) => [state, found.length])),
    );
  }
}, 120_000);

test('metadata are asked for as key=value, or as a key', () => {
  const read = (metadata: string) => jobFiltersSchema.parse({ metadata }).metadata;
  expect(read('team')).toEqual({ key: 'team' });
  expect(read('team=')).toEqual({ key: 'team', value: '' });
  expect(read('team=a=b')).toEqual({ key: 'team', value: 'a=b' });
});

test('counting stops where there are many, and says so', async () => {
  await using history = await openTestDatabase();
  await fillHistory(history.db, 12_000);
  const { counts, isPartial } = await countJobs(history.db, { q: 'job_' });
  const total = [...counts.values()].reduce((sum, count) => sum + count);
  expect([isPartial, total]).toEqual([true, 10_000]);
  const whole = await countJobs(history.db, {});
  expect([...whole.counts.values()].reduce((sum, count) => sum + count)).toBe(12_000);
});

test('a long search lets others have their turn', async () => {
  let turns = 0;
  let isDone = false;
  const countTurns = () => {
    turns += 1;
    if (!isDone) setImmediate(countTurns);
  };
  setImmediate(countTurns);
  const page = { sort: 'cost', order: 'asc', after: undefined, limit: 20 } as const;
  expect(await readJobs(database.db, { q: 'no such thing' }, page)).toEqual([]);
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(5);
});

test('whatever is done, what is kept of jobs and their totals is what a recount finds', async () => {
  await using other = await openTestDatabase();
  const { db } = other;
  const { below, pick, job, batch, submission } = createRandomRows(20_261_123);
  const jobIds: string[] = [];
  const check = async () => {
    for (const { id, expected: facts, state, request_count, has_errors, cost } of await readJobModels(db)) {
      expect({ id, state, request_count, has_errors, cost }).toEqual({ id, ...facts });
    }
    const counted = await db.job.groupBy({
      by: ['status', 'state', 'kind', 'endpoint', 'has_errors'],
      _count: true,
    });
    const rows = (await db.jobTotal.findMany()).map(({ jobs, ...key }) => asText(key, jobs));
    const wanted = counted.map(({ _count, ...key }) => asText(key, _count));
    expect(rows.toSorted()).toEqual(wanted.toSorted());
  };
  for (let step = 0; step < 600; step += 1) {
    const job_id = jobIds[below(jobIds.length)];
    const dice = below(100);
    const batchOf = await db.batch.findFirst({ where: { job_id: job_id ?? '' } });
    const submissionOf = await db.submission.findFirst({ where: { job_id: job_id ?? '' } });
    if (dice < 15 || job_id === undefined) {
      jobIds.push(`job_${step}`);
      await db.job.create({ data: { id: `job_${step}`, ...job() } });
    } else if (dice < 30)
      await db.batch.create({ data: { id: `b_${step}`, job_id, ...batch(), ...batchRest } });
    else if (dice < 45) {
      await db.submission.create({ data: { id: `s_${step}`, job_id, ...submission(), ...submissionRest } });
    } else if (dice < 55) {
      const [name, value] = pick(Object.entries(job()));
      await db.job.update({ where: { id: job_id }, data: { [name]: value } });
    } else if (dice < 70 && batchOf) {
      const [name, value] = pick(Object.entries({ ...batch(), job_id: pick(jobIds) }));
      await db.batch.update({ where: { id: batchOf.id }, data: { [name]: value } });
    } else if (dice < 85 && submissionOf) {
      const [name, value] = pick(Object.entries({ ...submission(), batch_id: pick([null, `b_${step}`]) }));
      await db.submission.update({ where: { id: submissionOf.id }, data: { [name]: value } });
    } else if (dice < 88 && batchOf) await db.batch.delete({ where: { id: batchOf.id } });
    else if (dice < 91 && submissionOf) await db.submission.delete({ where: { id: submissionOf.id } });
    else if (dice < 94) await db.submission.updateMany({ data: { settled_at: START } });
    else if (dice < 96) await db.batch.updateMany({ where: { status: 'failed' }, data: { cost: 3n } });
    else if (dice < 98) {
      jobIds.splice(jobIds.indexOf(job_id), 1);
      await db.job.delete({ where: { id: job_id } });
    }
    if (step % 20 === 0) await check();
  }
  await check();
  expect(await findWrongTotals(db)).toEqual([]);

  // What is damaged is found, and mended.
  const damaged = await db.job.findFirstOrThrow({ where: { status: { not: 'accepting' } } });
  await db.job.update({ where: { id: damaged.id }, data: { cost: 12_345n } });
  await db.jobTotal.deleteMany({ where: { kind: 'imported' } });
  const wrong = await findWrongTotals(db);
  expect(wrong.map(({ table }) => table)).toEqual(['job_totals', 'jobs']);
  expect(wrong[1]).toEqual({ table: 'jobs', count: 1, examples: [{ id: damaged.id }] });
  await rebuildTotals(db);
  expect(await findWrongTotals(db)).toEqual([]);
  await check();
  await db.job.deleteMany();
  expect(await db.jobTotal.findMany()).toEqual([]);
}, 60_000);
