import { join } from 'node:path';
import { startLocalProvider } from '@batchdesk/local-provider';
import { openDatabase } from '@batchdesk/server/testing';
import { BATCH_STATUSES } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { refreshDelay, stuckReason } from '../../apps/server/src/batch-clock.ts';
import { updateBatch } from '../../apps/server/src/db/batches.ts';
import type { ProviderBatch } from '../../apps/server/src/provider/provider.ts';
import {
  countCalls,
  countsOf,
  createJob,
  eventsOf,
  mixedRequests,
  runJob,
  untilEnded,
} from '../helpers/jobs.ts';
import { skipWaits } from '../helpers/skip-waits.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { startProcess } from '../helpers/start-process.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createRandom } from '../shared/random.ts';

const CREATED = 1_800_000_000;
const ACTIVE = ['validating', 'in_progress', 'finalizing', 'cancelling'] as const;

/** A batch that was created at `CREATED` and went on at once. */
function batch(status: ProviderBatch['status'], more: Partial<ProviderBatch> = {}): ProviderBatch {
  return {
    id: 'batch_1',
    object: 'batch',
    endpoint: '/v1/chat/completions',
    status,
    created_at: CREATED,
    in_progress_at: status === 'validating' ? null : CREATED,
    finalizing_at: status === 'finalizing' ? CREATED : null,
    cancelling_at: status === 'cancelling' ? CREATED : null,
    expires_at: CREATED + 86_400,
    request_counts: { total: 0, completed: 0, failed: 0 },
    ...more,
  } as ProviderBatch;
}

test('a batch is asked about soon at first, then less often, never beyond some minutes', () => {
  const { below, pick } = createRandom(7);
  for (let round = 0; round < 5_000; round += 1) {
    const status = pick(ACTIVE);
    const random = below(1_001) / 1_000;
    const age = below(200_000);
    const delay = refreshDelay(batch(status), CREATED + age, random);
    expect(Number.isInteger(delay)).toBe(true);
    expect(delay).toBeGreaterThanOrEqual(1);
    expect(delay).toBeLessThanOrEqual(status === 'in_progress' ? 360 : 72);
    expect(delay).toBeLessThanOrEqual(Math.max(1, age / 4));
    expect(refreshDelay(batch(status), CREATED + age + below(1_000), random)).toBeGreaterThanOrEqual(delay);
    // A clock that is behind that of the provider.
    expect(refreshDelay(batch(status), CREATED - age, random)).toBe(1);
  }
});

test('a batch is asked about more often the nearer its end is, as its progress tells', () => {
  const { below } = createRandom(8);
  for (let round = 0; round < 5_000; round += 1) {
    const total = 1 + below(50_000);
    const completed = below(total + 1);
    const age = 1 + below(100_000);
    const now = CREATED + age;
    const counts = { total, completed, failed: 0 };
    const delay = refreshDelay(batch('in_progress', { request_counts: counts }), now, 0.5);
    expect(delay).toBeLessThanOrEqual(refreshDelay(batch('in_progress'), now, 0.5));
    if (completed > 0)
      expect(delay).toBeLessThanOrEqual(Math.max(1, (age * (total - completed)) / completed / 4 + 1));
  }
});

test('a batch is stuck when it is beyond its window or for long in a status that is short', () => {
  for (const status of BATCH_STATUSES) {
    const isActive = (ACTIVE as readonly string[]).includes(status);
    const late = stuckReason(batch(status), CREATED + 90_000);
    expect(late).toBe(isActive ? 'window' : null);
    expect(stuckReason(batch(status), CREATED + 60)).toBeNull();
    const hours = stuckReason(batch(status), CREATED + 7_200);
    expect(hours).toBe(isActive && status !== 'in_progress' ? status : null);
    expect(stuckReason(batch(status), CREATED - 7_200)).toBeNull();
  }
  expect(stuckReason(batch('in_progress', { expires_at: null }), CREATED + 900_000)).toBeNull();
});

async function firstBatch(server: TestServer, status: string) {
  const row = await waitFor(
    () => server.db.batch.findFirst(),
    (found) => found?.status === status,
  );
  return row!;
}

test.concurrent('a batch that is far beyond its window is shown as stuck, and goes on when it goes on', async () => {
  await using server = await startTestServer({ provider: { durations: AT_ONCE, completionWindowMs: 1_000 } });
  server.local.faults.add({ kind: 'batch_stuck', status: 'validating' });
  const id = await createJob(server, 3, { retry: { attempts: 1 } });
  const { id: batchId } = await firstBatch(server, 'validating');
  const long = Math.floor(Date.now() / 1000) - 7_200;
  const { db } = server;
  const answer = await fetch(`${server.local.url}/batches/${batchId}`, {
    headers: { authorization: `Bearer ${server.local.apiKey}` },
  });
  const seen = { ...((await answer.json()) as ProviderBatch), created_at: long, expires_at: long + 60 };
  await updateBatch(db, seen);
  expect((await db.batch.findUniqueOrThrow({ where: { id: batchId } })).stuck).toBe('window');
  const events = await eventsOf(server, id);
  expect(events.find(({ type }) => type === 'batch.stuck')?.data).toEqual({ reason: 'window' });
  server.local.faults.release();
  await using waits = skipWaits(server);
  void waits;
  const { job } = await untilEnded(server, id);
  expect(job.counts.pending + job.counts.submitted).toBe(0);
  expect((await db.batch.findUniqueOrThrow({ where: { id: batchId } })).stuck).toBeNull();
});

test.concurrent('the progress of a batch is told while it runs', async () => {
  const durations = { ...AT_ONCE, inProgressMs: 6_000 };
  await using server = await startTestServer({ provider: { durations } });
  const { job } = await runJob(server, 60);
  const progress = (await eventsOf(server, job.id)).filter(({ type }) => type === 'batch.progress');
  const completed = progress.map(({ data }) => Number(data['completed']));
  expect(completed.length).toBeGreaterThan(2);
  expect(completed).toEqual(completed.toSorted((one, other) => one - other));
  expect(completed.at(-1)).toBe(60);
  const statuses = (await eventsOf(server, job.id)).filter(({ type }) => type === 'batch.status');
  expect(statuses.at(-1)!.data).toMatchObject({ to: 'completed' });
});

test.concurrent('many batches are looked after through the listing, not one by one', async () => {
  const durations = { ...AT_ONCE, inProgressMs: 4_000 };
  await using server = await startTestServer({ provider: { durations } });
  const models = Array.from({ length: 40 }, (_, index) => `gpt-4o-${index}`);
  const id = await createJob(server, mixedRequests(80, models));
  const { job } = await untilEnded(server, id, 50_000);
  expect(countsOf({ job })).toEqual({ total: 80, succeeded: 80 });
  expect(countCalls(server, 'batches.create')).toBe(40);
  expect(countCalls(server, 'batches.retrieve')).toBeLessThanOrEqual(2);
  expect(countCalls(server, 'batches.list')).toBeLessThan(60);
}, 60_000);

test.concurrent('answers that come late change nothing', async () => {
  await using server = await startTestServer();
  const { job } = await runJob(server, 3);
  const events = await eventsOf(server, job.id);
  const before = await server.db.batch.findFirstOrThrow();
  for (const status of ['validating', 'in_progress', 'finalizing', 'cancelling', 'cancelled'] as const) {
    const counts = { total: 3, completed: 1, failed: 2 };
    await updateBatch(server.db, batch(status, { id: before.id, request_counts: counts }));
  }
  expect(await server.db.batch.findFirstOrThrow()).toEqual(before);
  expect(await eventsOf(server, job.id)).toEqual(events);
});

test.concurrent('a provider that asks to be left alone is left alone', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_stuck', status: 'in_progress' });
  const id = await createJob(server, 3);
  await firstBatch(server, 'in_progress');
  server.local.faults.add({ kind: 'rate_limit', on: '*', retryAfterSeconds: 3, times: 6 });
  await waitFor(
    () => server.local.faults.list().length,
    (left) => left === 0,
    40_000,
  );
  server.local.faults.release();
  expect(countsOf(await untilEnded(server, id))).toEqual({ total: 3, succeeded: 3 });
  const calls = server.local.faults.calls();
  for (const [index, { fault, atMs }] of calls.entries()) {
    if (fault === 'rate_limit') expect(calls[index + 1]!.atMs - atMs).toBeGreaterThan(2_800);
  }
}, 60_000);

test.concurrent('a provider that fails again and again is called less and less', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_stuck', status: 'in_progress' });
  const id = await createJob(server, 3);
  await firstBatch(server, 'in_progress');
  server.local.faults.add({ kind: 'server_error', on: '*', status: 503, times: 30 });
  const before = server.local.faults.calls().length;
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  // Each try is three calls of the SDK, of the listing and of the one batch.
  expect(server.local.faults.calls().length - before).toBeLessThanOrEqual(18);
  server.local.faults.clear();
  server.local.faults.release();
  expect(countsOf(await untilEnded(server, id, 40_000))).toEqual({ total: 3, succeeded: 3 });
}, 80_000);

test.concurrent('asked to end while it uploads, it ends soon and goes on after the next start', async () => {
  await using folder = await temporaryFolder();
  const local = await startLocalProvider({ dataDir: join(folder.path, 'provider'), durations: AT_ONCE });
  await using provider = { [Symbol.asyncDispose]: () => local.close() };
  void provider;
  const env = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
  local.faults.add({ kind: 'slow', on: 'files.create', delayMs: 600_000 });
  const first = await startProcess(folder.path, env);
  const id = await createJob(first, 4);
  await waitFor(
    () => local.faults.calls(),
    (calls) => calls.some(({ operation }) => operation === 'files.create'),
  );
  const start = performance.now();
  await first.terminate();
  expect(performance.now() - start).toBeLessThan(10_000);
  await using second = await startProcess(folder.path, env);
  expect(countsOf(await untilEnded(second, id))).toEqual({ total: 4, succeeded: 4 });
  expect(local.faults.calls().filter(({ operation }) => operation === 'batches.create')).toHaveLength(1);
  await using db = await openDatabase(`file:${join(folder.path, 'data/batches.db')}`).then((opened) =>
    Object.assign(opened, { [Symbol.asyncDispose]: () => opened.$disconnect() }),
  );
  expect(await db.submission.count()).toBe(1);
}, 60_000);
