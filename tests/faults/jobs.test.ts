import type { FaultInput } from '@batchdesk/local-provider';
import type { RetryPolicy } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import {
  batchesAtProvider,
  callJobs,
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
import { chatRequests } from '../helpers/requests.ts';
import { untilCollected } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const MODELS = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1-nano'];
const SLOW = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
/** Half of what runs is done soon after its start, and the rest never within a test. */
const HALF = { validatingMs: 0, inProgressMs: 20_000, finalizingMs: 0, cancellingMs: 0 };

/** The last attempt of a request. */
async function lastOf({ db }: TestServer, custom_id: string) {
  return db.request.findFirstOrThrow({ where: { custom_id }, orderBy: { attempt: 'desc' } });
}

test.concurrent('a job of several models has a batch for each, and its results in input order', async () => {
  await using server = await startTestServer();
  const { job, submissions } = await runJob(server, mixedRequests(120, MODELS));
  expect([job.status, countsOf({ job })]).toEqual(['completed', { total: 120, succeeded: 120 }]);
  expect(submissions.map(({ model, request_count }) => [model, request_count])).toEqual(
    MODELS.map((model) => [model, 40]),
  );
  expect(job.batch_ids).toEqual(submissions.map(({ batch_id }) => batch_id));
  expect(await batchesAtProvider(server)).toHaveLength(3);
  expect(await resultIds(server, job.id)).toEqual(requestIds(120));
  const types = (await eventsOf(server, job.id)).map(({ type }) => type);
  expect(types[0]).toBe('job.created');
  expect(types.at(-1)).toBe('job.finished');
});

const passing: [string, FaultInput, string][] = [
  ['expires', { kind: 'row_expire', customId: 'request-2', times: 1 }, 'expired'],
  ['is missing', { kind: 'row_missing', customId: 'request-2', times: 1 }, 'missing'],
  ['fails with 429', { kind: 'row_fail', customId: 'request-2', statusCode: 429, times: 1 }, 'failed'],
  ['fails with 500', { kind: 'row_fail', customId: 'request-2', statusCode: 500, times: 1 }, 'failed'],
  ['fails with 408', { kind: 'row_fail', customId: 'request-2', statusCode: 408, times: 1 }, 'failed'],
  ['has status 0', { kind: 'row_status_zero', customId: 'request-2', times: 1 }, 'failed'],
];
test.concurrent.for(passing)('a request that %s is sent again, alone', async ([, fault, outcome]) => {
  await using server = await startTestServer();
  server.local.faults.add(fault);
  const { job, submissions } = await runJob(server, 5);
  expect(countsOf({ job })).toEqual({ total: 5, succeeded: 5 });
  expect(submissions.map(({ request_count }) => request_count)).toEqual([5, 1]);
  const attempts = await server.db.request.findMany({
    where: { custom_id: 'request-2' },
    orderBy: { attempt: 'asc' },
    select: { attempt: true, outcome: true, is_superseded: true },
  });
  expect(attempts).toEqual([
    { attempt: 1, outcome, is_superseded: true },
    { attempt: 2, outcome: 'succeeded', is_superseded: false },
  ]);
  expect(await resultIds(server, job.id)).toEqual(requestIds(5));
  const retried = (await eventsOf(server, job.id)).filter(({ type }) => type === 'requests.retried');
  expect(retried.map(({ data }) => data)).toEqual([{ requests: 1 }]);
});

test.concurrent('a request that the provider refuses is never sent again by itself', async () => {
  await using server = await startTestServer();
  for (const [index, statusCode] of [400, 401, 403, 404, 413, 422].entries()) {
    const customId = `request-${index + 1}`;
    server.local.faults.add({ kind: 'row_fail', customId, statusCode, code: 'invalid_request' });
  }
  const { job, submissions } = await runJob(server, 8);
  expect([job.status, countsOf({ job })]).toEqual(['completed', { total: 8, succeeded: 2, failed: 6 }]);
  expect(submissions).toHaveLength(1);
});

test.concurrent('a request that always fails is sent three times', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_fail', customId: 'request-3' });
  const { job, submissions } = await runJob(server, 4);
  expect([job.status, countsOf({ job })]).toEqual(['completed', { total: 4, succeeded: 3, failed: 1 }]);
  expect(submissions.map(({ request_count }) => request_count)).toEqual([4, 1, 1]);
  expect(await lastOf(server, 'request-3')).toMatchObject({
    attempt: 3,
    outcome: 'failed',
    status_code: 500,
  });
});

const policies: [string, Partial<RetryPolicy>, string[]][] = [
  ['of one attempt', { attempts: 1 }, []],
  ['of expired ones', { outcomes: ['expired'] }, ['request-1']],
  ['of one code', { codes: ['slow_down'] }, ['request-1', 'request-2', 'request-3']],
  ['of failed ones with one status', { outcomes: ['failed'], codes: ['500'] }, ['request-4']],
];
test.concurrent.for(policies)('a policy %s says what is sent again', async ([, retry, again]) => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'row_expire', customId: 'request-1', times: 1 },
    { kind: 'row_missing', customId: 'request-2', times: 1 },
    { kind: 'row_fail', customId: 'request-3', statusCode: 429, code: 'slow_down', times: 1 },
    { kind: 'row_fail', customId: 'request-4', statusCode: 500, times: 1 },
  );
  const { job } = await runJob(server, 5, { retry });
  expect(job.counts.succeeded).toBe(1 + again.length);
  const rows = await server.db.request.findMany({ where: { attempt: 2 }, orderBy: { line: 'asc' } });
  expect(rows.map(({ custom_id }) => custom_id)).toEqual(again);
});

test.concurrent('what did not succeed is sent again when its user asks, by code or all of it', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'row_fail', customId: 'request-1', statusCode: 400, code: 'too_long', times: 1 },
    { kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'bad_image', times: 1 },
    { kind: 'row_missing', customId: 'request-3', times: 1 },
  );
  const { job } = await runJob(server, 4, { retry: { attempts: 1 } });
  expect(countsOf({ job })).toEqual({ total: 4, succeeded: 1, failed: 2, missing: 1 });
  await expect(callJobs(server, `/${job.id}/retry`, { codes: ['other'] })).rejects.toThrow(
    'nothing_to_retry',
  );
  const retried = await callJobs<{ job: { status: string; finished_at: null } }>(server, `/${job.id}/retry`, {
    codes: ['too_long'],
  });
  expect(retried.job).toMatchObject({ status: 'in_progress', finished_at: null });
  const second = await untilEnded(server, job.id);
  expect(countsOf(second)).toEqual({ total: 4, succeeded: 2, failed: 1, missing: 1 });
  await callJobs(server, `/${job.id}/retry`, {});
  const third = await untilEnded(server, job.id);
  expect(countsOf(third)).toEqual({ total: 4, succeeded: 4 });
  expect(third.submissions.map(({ request_count }) => request_count)).toEqual([4, 1, 2]);
  expect(await resultIds(server, job.id)).toEqual(requestIds(4));
  await expect(callJobs(server, `/${job.id}/retry`, {})).rejects.toThrow('nothing_to_retry');
  await expect(callJobs(server, '/job_none/retry', {})).rejects.toThrow('404 job_not_found');
});

test.concurrent('two calls to send again at once send each request once', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_expire', customId: '*', times: 1 });
  const { job } = await runJob(server, 3, { retry: { attempts: 1 } });
  await Promise.allSettled([1, 2, 3].map(() => callJobs(server, `/${job.id}/retry`, {})));
  expect(countsOf(await untilEnded(server, job.id))).toEqual({ total: 3, succeeded: 3 });
  expect(await server.db.request.count({ where: { attempt: { gt: 1 } } })).toBe(3);
});

test.concurrent('a batch made by itself sends nothing again, until its user asks', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'row_fail', customId: 'request-1', times: 1 },
    { kind: 'row_expire', customId: 'request-2', times: 1 },
    { kind: 'row_missing', customId: 'request-3', times: 1 },
  );
  const { id, job_id } = await createRestClient(server.url).create({ endpoint, requests: chatRequests(5) });
  await untilCollected(server, id);
  const { job } = await untilEnded(server, job_id);
  expect(countsOf({ job })).toEqual({ total: 5, succeeded: 2, failed: 1, expired: 1, missing: 1 });
  expect(await batchesAtProvider(server)).toHaveLength(1);
  await callJobs(server, `/${job_id}/retry`, {});
  const again = await untilEnded(server, job_id);
  expect(countsOf(again)).toEqual({ total: 5, succeeded: 5 });
  expect(again.submissions.map(({ request_count }) => request_count)).toEqual([5, 3]);
  const batch = await createRestClient(server.url).requests(id);
  expect(batch.counts?.by_outcome).toEqual({ succeeded: 2, failed: 1, expired: 1, missing: 1 });
});

test.concurrent('a job that is cancelled before it is sent calls nobody', async () => {
  await using server = await startTestServer();
  await server.db.providerPause.create({
    data: {
      provider: 'openai',
      code: 'insufficient_quota',
      message: 'No.',
      since: Math.floor(Date.now() / 1000),
      probe_at: 2 ** 31 - 1,
    },
  });
  const id = await createJob(server, mixedRequests(6, MODELS));
  await callJobs(server, `/${id}/cancel`, {});
  const { job, submissions } = await untilEnded(server, id);
  expect([job.status, countsOf({ job })]).toEqual(['cancelled', { total: 6, cancelled: 6 }]);
  expect(submissions.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  expect(server.local.faults.calls()).toEqual([]);
  await expect(callJobs(server, `/${id}/cancel`, {})).rejects.toThrow('409 job_not_cancellable');
});

test.concurrent('a job that is cancelled while it runs keeps what was answered', async () => {
  await using server = await startTestServer({ provider: { durations: HALF } });
  const id = await createJob(server, mixedRequests(90, MODELS));
  await waitFor(
    () => server.db.batch.findMany(),
    (batches) => batches.length === 3 && batches.every(({ status }) => status === 'in_progress'),
  );
  await waitFor(
    () => batchesAtProvider(server) as Promise<any[]>,
    (batches) => batches.every(({ request_counts }) => request_counts.completed > 2),
  );
  const { job: cancelling } = await callJobs<{ job: { status: string } }>(server, `/${id}/cancel`, {});
  expect(['cancelling', 'cancelled']).toContain(cancelling.status);
  const { job } = await untilEnded(server, id);
  expect(job.status).toBe('cancelled');
  expect(job.counts.succeeded).toBeGreaterThan(6);
  expect(job.counts.succeeded + job.counts.cancelled).toBe(90);
  expect(countCalls(server, 'batches.create')).toBe(3);
  expect(countCalls(server, 'batches.cancel')).toBe(3);
  expect(await resultIds(server, id, 'output')).toHaveLength(job.counts.succeeded);
  expect((await batchesAtProvider(server)).map(({ status }) => status)).toEqual(Array(3).fill('cancelled'));
});

test.concurrent('a cancellation that the provider does not take is tried again', async () => {
  await using server = await startTestServer({ provider: { durations: SLOW } });
  server.local.faults.add({ kind: 'server_error', on: 'batches.cancel', times: 4 });
  const id = await createJob(server, 3);
  await waitFor(
    () => server.db.batch.count(),
    (count) => count === 1,
  );
  await callJobs(server, `/${id}/cancel`, {});
  const { job } = await untilEnded(server, id);
  expect(countsOf({ job })).toEqual({ total: 3, cancelled: 3 });
});

test.concurrent('a deadline that has passed leaves nothing to send', async () => {
  await using server = await startTestServer();
  const { job } = await runJob(server, 4, { completion_deadline: 1 });
  expect([job.status, countsOf({ job })]).toEqual(['cancelled', { total: 4, expired: 4 }]);
  expect(countCalls(server, 'batches.create')).toBe(0);
});

test.concurrent('at the deadline what runs is cancelled, and nothing is sent again', async () => {
  await using server = await startTestServer({ provider: { durations: HALF } });
  const { job } = await runJob(server, 40, { completion_deadline: Math.floor(Date.now() / 1000) + 4 });
  expect(job.status).toBe('cancelled');
  expect(job.counts.succeeded).toBeGreaterThan(0);
  expect(job.counts.succeeded + job.counts.cancelled).toBe(40);
  expect(countCalls(server, 'batches.create')).toBe(1);
});

test.concurrent('a job that was cancelled goes on when its user asks', async () => {
  await using server = await startTestServer();
  const { job } = await runJob(server, 4, { completion_deadline: 1 });
  await callJobs(server, `/${job.id}/retry`, { outcomes: ['expired'] });
  const again = await untilEnded(server, job.id);
  expect([again.job.status, countsOf(again)]).toEqual(['completed', { total: 4, succeeded: 4 }]);
});

test.concurrent('lines that the provider refuses fail, and the others go on without them', async () => {
  await using server = await startTestServer();
  server.local.faults.add({
    kind: 'batch_failed',
    errors: [
      { code: 'invalid_body', message: 'No.', line: 2 },
      { code: 'invalid_url', message: 'No.', line: 5 },
    ],
  });
  const { job, submissions } = await runJob(server, 6);
  expect(countsOf({ job })).toEqual({ total: 6, succeeded: 4, failed: 2 });
  expect(submissions.map(({ request_count }) => request_count)).toEqual([6, 4]);
  const rows = await server.db.request.findMany({ where: { outcome: 'failed' }, orderBy: { line: 'asc' } });
  expect(rows.map(({ line, attempt, error_code }) => [line, attempt, error_code])).toEqual([
    [2, 1, 'invalid_body'],
    [5, 1, 'invalid_url'],
  ]);
  expect(await resultIds(server, job.id)).toEqual(requestIds(6));
});

test.concurrent('lines that are refused of a retry are found by their places in it', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'row_missing', customId: 'request-3', times: 1 },
    { kind: 'row_missing', customId: 'request-5', times: 1 },
    { kind: 'batch_failed', errors: [{ code: 'invalid_body', message: 'No.', line: 2 }], skip: 1 },
  );
  const { job } = await runJob(server, 6);
  expect(countsOf({ job })).toEqual({ total: 6, succeeded: 5, failed: 1 });
  expect(await lastOf(server, 'request-5')).toMatchObject({ outcome: 'failed', error_code: 'invalid_body' });
});

test.concurrent('a batch that fails for a reason of its own fails its requests with that', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_failed', errors: [{ code: 'model_not_found', message: 'No.' }] });
  const { job, submissions } = await runJob(server, 3);
  expect([job.status, countsOf({ job })]).toEqual(['completed', { total: 3, failed: 3 }]);
  expect(submissions).toHaveLength(1);
  expect(await lastOf(server, 'request-1')).toMatchObject({ error_code: 'model_not_found' });
});

test.concurrent('a restart in the middle of everything changes nothing', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_expire', customId: 'request-*', times: 2 });
  const id = await createJob(server, mixedRequests(60, MODELS));
  for (let round = 0; round < 4; round += 1) {
    await server.restart();
    await waitFor(
      () => getJob(server, id),
      ({ submissions }) => submissions.length >= 3,
    );
  }
  const { job } = await untilEnded(server, id);
  expect(countsOf({ job })).toEqual({ total: 60, succeeded: 60 });
  const marks = (await batchesAtProvider(server)).map(({ metadata }) => metadata?.['batchdesk']);
  expect(new Set(marks).size).toBe(marks.length);
});
