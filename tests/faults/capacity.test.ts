import type { FaultInput } from '@batchdesk/local-provider';
import type { BatchRequest } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import {
  batchesAtProvider,
  countCalls,
  countsOf,
  createJob,
  eventsOf,
  getJob,
  mixedRequests,
  requestIds,
  resultIds,
  runJob,
  untilEnded,
} from '../helpers/jobs.ts';
import { toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { skipTime, skipWaits } from '../helpers/skip-waits.ts';
import { waitFor } from '../helpers/wait-for.ts';

const MODEL = 'gpt-4o-mini';
const SHORT = { validatingMs: 100, inProgressMs: 1_500, finalizingMs: 100, cancellingMs: 0 };

/** Requests of which the provider counts about as many tokens as we estimate: hardly more than their prompts. */
function longRequests(count: number): BatchRequest[] {
  const requests = mixedRequests(count);
  for (const request of requests) {
    request.body = { model: MODEL, messages: [{ role: 'user', content: 'Tell me more. '.repeat(80) }] };
  }
  return requests;
}

/** The provider's tokens of requests: a quarter of their bytes. */
function tokensOf(requests: readonly BatchRequest[]): number {
  return Math.ceil(Buffer.byteLength(toJsonl(requests)) / 4);
}

/** The most batches that ran at one time, as the provider tells their times. */
async function mostAtOnce(server: TestServer): Promise<number> {
  const batches = (await batchesAtProvider(server)) as any[];
  const ran = batches.filter(({ in_progress_at }) => in_progress_at !== null);
  const during = (at: number) =>
    ran.filter(({ in_progress_at, completed_at }) => in_progress_at <= at && at < completed_at).length;
  return Math.max(...ran.map(({ in_progress_at }) => during(in_progress_at)));
}

async function refusals(server: TestServer): Promise<number> {
  return (await batchesAtProvider(server)).filter(({ status }) => status === 'failed').length;
}

test.concurrent('a limit that nobody knows is learned from a refusal, and all of it is answered', async () => {
  const requests = longRequests(600);
  const limit = Math.ceil(tokensOf(requests) * 0.7);
  await using server = await startTestServer({
    provider: { durations: SHORT, enqueuedTokenLimit: limit },
  });
  await using waits = skipWaits(server);
  void waits;
  const id = await createJob(server, requests);
  const { job, submissions } = await untilEnded(server, id);
  expect(countsOf({ job })).toEqual({ total: 600, succeeded: 600 });
  const known = await server.db.modelLimit.findFirstOrThrow({ where: { model: MODEL } });
  expect(known).toMatchObject({ enqueued_tokens: BigInt(limit), source: 'learned' });
  expect(submissions[0]!.error).toMatchObject({ code: 'token_limit_exceeded' });
  expect(submissions.length).toBeGreaterThan(2);
  expect(await resultIds(server, id)).toEqual(requestIds(600));
  const types = (await eventsOf(server, id)).map(({ type }) => type);
  expect(types).toContain('submission.replaced');
  expect(await server.db.event.count({ where: { type: 'limit.learned' } })).toBe(1);
  // Each refused part costs a round, and no request an attempt.
  expect(await server.db.request.count({ where: { attempt: { gt: 1 } } })).toBe(0);
  expect(await refusals(server)).toBeLessThanOrEqual(3);
});

test.concurrent('a job of many batches keeps to the room of its model, and uses it', async () => {
  const requests = longRequests(20_000);
  const limit = Math.ceil(tokensOf(requests) / 3);
  await using server = await startTestServer({
    provider: { durations: SHORT, enqueuedTokenLimit: limit },
  });
  await using waits = skipWaits(server);
  void waits;
  // What one batch may have is half of what may be enqueued.
  const jobs = Array.from({ length: 6 }, (_, index) =>
    requests.slice((index * 20_000) / 6, ((index + 1) * 20_000) / 6),
  );
  const ids: string[] = [];
  for (const part of jobs) ids.push(await createJob(server, part));
  for (const [index, id] of ids.entries()) {
    const { job } = await untilEnded(server, id, 100_000);
    expect(countsOf({ job })).toEqual({ total: job.counts.total, succeeded: job.counts.total });
    expect(await resultIds(server, id)).toEqual(jobs[index]!.map(({ custom_id }) => custom_id));
  }
  expect(await refusals(server)).toBeLessThanOrEqual(3);
  expect(await mostAtOnce(server)).toBeLessThanOrEqual(2);
}, 120_000);

test.concurrent('a job of 20,000 requests is sent in parts that fit, two at a time', async () => {
  const requests = longRequests(20_000);
  const limit = Math.ceil(tokensOf(requests) / 3);
  await using server = await startTestServer({
    provider: { durations: SHORT, enqueuedTokenLimit: limit },
  });
  await using waits = skipWaits(server);
  void waits;
  await server.db.modelLimit.create({
    data: {
      provider: 'openai',
      model: MODEL,
      enqueued_tokens: BigInt(limit),
      source: 'settings',
      updated_at: 0,
    },
  });
  const { job, submissions } = await untilEnded(server, await createJob(server, requests), 100_000);
  expect(countsOf({ job })).toEqual({ total: 20_000, succeeded: 20_000 });
  expect(submissions.length).toBeGreaterThan(3);
  expect(await resultIds(server, job.id)).toEqual(requestIds(20_000));
  expect(await refusals(server)).toBeLessThanOrEqual(4);
}, 120_000);

test.concurrent('one request that no limit has room for fails with that, and the others do not', async () => {
  const requests = mixedRequests(3);
  const content = 'x'.repeat(40_000);
  requests[1]!.body = { model: MODEL, messages: [{ role: 'user', content }] };
  await using server = await startTestServer({ provider: { enqueuedTokenLimit: 5_000 } });
  await using waits = skipWaits(server);
  void waits;
  const { job } = await untilEnded(server, await createJob(server, requests), 28_000);
  expect(countsOf({ job })).toEqual({ total: 3, succeeded: 2, failed: 1 });
  const row = await server.db.request.findFirstOrThrow({ where: { custom_id: 'request-2' } });
  expect(row).toMatchObject({ outcome: 'failed', error_code: 'token_limit_exceeded' });
});

test.concurrent('a refusal for want of room that was a mistake costs nothing but time', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_token_limit_exceeded' });
  const id = await createJob(server, 4);
  await waitFor(
    () => getJob(server, id),
    ({ submissions }) => submissions[1]?.waiting?.reason === 'backoff',
  );
  const { blocked_until } = await server.db.modelLimit.findFirstOrThrow();
  expect(blocked_until).toBeGreaterThan(Date.now() / 1000 + 60);
  await skipTime(server);
  const { job, submissions } = await untilEnded(server, id, 40_000);
  expect(countsOf({ job })).toEqual({ total: 4, succeeded: 4 });
  expect(submissions).toHaveLength(2);
  expect(await server.db.request.count({ where: { attempt: { gt: 1 } } })).toBe(0);
}, 60_000);

const pausing: [string, FaultInput][] = [
  ['insufficient_quota', { kind: 'insufficient_quota', on: 'batches.create', times: 2 }],
  ['provider_unauthorized', { kind: 'unauthorized', on: '*', times: 4 }],
];
test.concurrent.for(pausing)(
  'an account that answers %s pauses everything, and goes on by itself',
  { timeout: 60_000 },
  async ([code, fault]) => {
    await using server = await startTestServer();
    server.local.faults.add(fault);
    const ids = [await createJob(server, 3), await createJob(server, 5)];
    const pause = await waitFor(
      () => server.db.providerPause.findFirst(),
      (row) => row !== null,
    );
    expect(pause).toMatchObject({ provider: 'openai', code });
    const { submissions } = await waitFor(
      () => getJob(server, ids[0]!),
      (view) => view.submissions[0]?.waiting?.reason === 'provider_paused',
    );
    expect(submissions).toHaveLength(1);
    const calls = countCalls(server, 'batches.create');
    const ended = untilEnded(server, ids[1]!, 50_000);
    await using waits = skipWaits(server);
    void waits;
    for (const [index, view] of [await untilEnded(server, ids[0]!, 50_000), await ended].entries()) {
      const total = [3, 5][index]!;
      expect(countsOf(view)).toEqual({ total, succeeded: total });
    }
    expect(calls).toBeLessThanOrEqual(2);
    expect(await server.db.event.count({ where: { type: 'provider.paused' } })).toBe(1);
    await waitFor(
      () => server.db.event.count({ where: { type: 'provider.resumed' } }),
      (count) => count === 1,
    );
    expect(await batchesAtProvider(server)).toHaveLength(2);
  },
);

test.concurrent('a batch that fails for want of quota pauses everything as well', async () => {
  await using server = await startTestServer();
  server.local.faults.add({
    kind: 'batch_failed',
    errors: [{ code: 'insufficient_quota', message: 'You exceeded your current quota.' }],
  });
  const id = await createJob(server, 3);
  await waitFor(
    () => server.db.providerPause.findFirst(),
    (row) => row?.code === 'insufficient_quota',
  );
  await using waits = skipWaits(server);
  void waits;
  const { job } = await untilEnded(server, id, 50_000);
  expect(countsOf({ job })).toEqual({ total: 3, succeeded: 3 });
}, 60_000);

test.concurrent('of two jobs the first goes first', async () => {
  const requests = longRequests(400);
  const limit = Math.ceil(tokensOf(requests) * 1.2);
  await using server = await startTestServer({ provider: { durations: SHORT, enqueuedTokenLimit: limit } });
  await server.db.modelLimit.create({
    data: {
      provider: 'openai',
      model: MODEL,
      enqueued_tokens: BigInt(limit),
      source: 'settings',
      updated_at: 0,
    },
  });
  const first = await createJob(server, requests);
  const second = await createJob(server, requests);
  const waiting = await waitFor(
    () => getJob(server, second),
    ({ submissions }) => submissions[0]?.waiting?.reason === 'token_limit',
  );
  expect(waiting.submissions[0]!.waiting!.position).toBe(1);
  const { job } = await untilEnded(server, second);
  expect(job.counts.succeeded).toBe(400);
  const before = await getJob(server, first);
  expect(before.job.finished_at).toBeLessThanOrEqual(job.finished_at!);
  expect(await mostAtOnce(server)).toBe(1);
});

test.concurrent('what is known of a limit is known after a restart', async () => {
  await using server = await startTestServer({ provider: { enqueuedTokenLimit: 400 } });
  await using waits = skipWaits(server);
  void waits;
  await runJob(server, 20);
  await server.restart();
  await runJob(server, 20);
  expect(await server.db.modelLimit.findFirstOrThrow()).toMatchObject({ enqueued_tokens: 400n });
  expect(await refusals(server)).toBeLessThanOrEqual(2);
});
