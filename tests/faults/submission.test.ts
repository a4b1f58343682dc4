import type { FaultInput } from '@batchdesk/local-provider';
import { expect, test } from 'vitest';
import { createRestClient, errorOf } from '../api/transports.ts';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';

async function batchesAtProvider(server: TestServer): Promise<number> {
  const answer = await fetch(`${server.local.url}/batches?limit=100`, {
    headers: { authorization: `Bearer ${server.local.apiKey}` },
  });
  return ((await answer.json()) as { data: unknown[] }).data.length;
}

const passing: [string, FaultInput][] = [
  ['the answer to the creation is lost', { kind: 'reset_after', on: 'batches.create' }],
  ['the provider asks to slow down', { kind: 'rate_limit', on: 'batches.create', retryAfterSeconds: 1 }],
  ['the answer to the upload is lost', { kind: 'reset_after', on: 'files.create' }],
  ['the upload answers 503', { kind: 'server_error', on: 'files.create', status: 503 }],
  ['the uploaded file is not visible at once', { kind: 'not_visible', calls: 2 }],
];
test.each(passing)('when %s, there is one batch in the end', async (_what, fault) => {
  await using server = await startTestServer();
  server.local.faults.add(fault);
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, requests: chatRequests(3) });
  expect(await batchesAtProvider(server)).toBe(1);
  const { batch } = await waitFor(
    () => api.get(id),
    (view) => view.batch.status === 'completed',
  );
  expect(batch.request_counts.total).toBe(3);
  expect((await api.list()).total).toBe(1);
});

const doubtful: [string, FaultInput][] = [
  ['the connection breaks before it', { kind: 'reset_before', on: 'batches.create' }],
  ['it answers 502', { kind: 'server_error', on: 'batches.create', status: 502 }],
];
test.concurrent.each(doubtful)(
  'a creation is not sent again at once when %s, but by itself later',
  async (_what, fault) => {
    await using server = await startTestServer();
    server.local.faults.add(fault);
    const api = createRestClient(server.url);
    const { error } = await errorOf(api.create({ endpoint, requests: chatRequests(3) }));
    expect(error.code).toBe('submission_unconfirmed');
    expect(
      server.local.faults.calls().filter(({ operation }) => operation === 'batches.create'),
    ).toHaveLength(1);
    const { data } = await waitFor(
      () => api.list(),
      (list) => list.total === 1,
      80_000,
    );
    expect(data[0]?.job_id).toBe(error.details?.['job_id']);
    expect(await batchesAtProvider(server)).toBe(1);
  },
  90_000,
);

test('a listing that shows the batch before its creation is answered is no error', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'reset_after', on: 'batches.create' });
  const api = createRestClient(server.url);
  const [created, listed] = await Promise.all([
    api.create({ endpoint, requests: chatRequests(2) }),
    waitFor(
      () => api.list({ source: 'api' }),
      ({ data }) => data.length > 0,
    ),
  ]);
  expect(listed.data.map(({ id, job_id }) => [id, job_id])).toEqual([[created.id, created.job_id]]);
  expect(await server.db.job.count()).toBe(1);
});

test('a batch without our mark that was imported meanwhile is not made again', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'reset_after', on: 'batches.create' },
    { kind: 'server_error', on: 'batches.list', status: 500, times: 3 },
  );
  const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key-${index}`, 'value']));
  const api = createRestClient(server.url);
  const { error } = await errorOf(api.create({ endpoint, requests: chatRequests(2), metadata }));
  expect((await api.list({ source: 'api' })).data).toHaveLength(1);
  await server.restart();
  await waitFor(
    () => server.db.submission.findFirst(),
    (submission) => submission?.status === 'submitted',
  );
  expect(await batchesAtProvider(server)).toBe(1);
  expect(await server.db.job.findMany({ select: { id: true } })).toEqual([{ id: error.details?.['job_id'] }]);
  const outcomes = await waitFor(
    () => server.db.request.groupBy({ by: ['outcome'], _count: true }),
    ([group]) => group?.outcome === 'succeeded',
  );
  expect(outcomes).toEqual([{ outcome: 'succeeded', _count: 2 }]);
});

test('a user who takes all 16 metadata pairs keeps them, and a lost answer still makes one batch', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'reset_after', on: 'batches.create' });
  const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key-${index}`, 'value']));
  const batch = await createRestClient(server.url).create({ endpoint, requests: chatRequests(1), metadata });
  expect(batch.metadata).toEqual(metadata);
  expect(await batchesAtProvider(server)).toBe(1);
});

test('the provider gets our mark, the user gets the metadata back as it was', async () => {
  await using server = await startTestServer();
  const api = createRestClient(server.url);
  const batch = await api.create({ endpoint, requests: chatRequests(1), metadata: { a: 'b' } });
  expect(batch.metadata).toEqual({ a: 'b' });
  const sent = server.local.faults.calls().find(({ operation }) => operation === 'batches.create');
  expect(sent?.metadata).toMatchObject({
    a: 'b',
    batchdesk: expect.stringMatching(/^sub_\w+ sha256:[0-9a-f]{64}$/),
  });
});

test('when the provider is gone after the creation, the work goes on by itself, once', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'reset_after', on: 'batches.create' },
    { kind: 'server_error', on: 'batches.list', status: 500, times: 3 },
  );
  const api = createRestClient(server.url);
  const { status, error } = await errorOf(api.create({ endpoint, requests: chatRequests(2) }));
  expect([status, error.code]).toEqual([502, 'submission_unconfirmed']);
  expect(error.details).toEqual({ job_id: expect.stringMatching(/^job_/) });
  await server.restart();
  const after = createRestClient(server.url);
  const list = await waitFor(
    () => after.list(),
    ({ data }) => data[0]?.status === 'completed',
  );
  expect(list.data[0]?.job_id).toBe(error.details?.['job_id']);
  expect(await batchesAtProvider(server)).toBe(1);
  expect(server.local.faults.calls().filter(({ operation }) => operation === 'batches.create')).toHaveLength(
    1,
  );
});

test('a batch of ours that is met in the listing first joins its submission', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'reset_after', on: 'batches.create' },
    { kind: 'server_error', on: 'batches.list', status: 500, times: 3 },
  );
  const api = createRestClient(server.url);
  const { error } = await errorOf(api.create({ endpoint, requests: chatRequests(2) }));
  const { data } = await api.list({ source: 'api' });
  expect(data.map(({ job_id }) => job_id)).toEqual([error.details?.['job_id']]);
  expect(await server.db.job.count()).toBe(1);
});

test('what the provider refuses ends there: the error says why, and nothing goes on', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'insufficient_quota', on: 'batches.create', times: 10 });
  const { status, error } = await errorOf(
    createRestClient(server.url).create({ endpoint, requests: chatRequests(2) }),
  );
  expect([status, error.code]).toEqual([429, 'insufficient_quota']);
  expect(await server.db.submission.findMany({ select: { status: true, error_code: true } })).toEqual([
    { status: 'failed', error_code: 'insufficient_quota' },
  ]);
  expect(await server.db.job.findMany({ select: { status: true } })).toEqual([{ status: 'completed' }]);
  expect(await server.db.request.groupBy({ by: ['outcome'], _count: true })).toEqual([
    { outcome: 'failed', _count: 2 },
  ]);
});

test('the answer to a cancellation that is lost is no error', async () => {
  const durations = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
  await using server = await startTestServer({ provider: { durations } });
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, requests: chatRequests(1) });
  server.local.faults.add({ kind: 'reset_after', on: 'batches.cancel' });
  expect(['cancelling', 'cancelled']).toContain((await api.cancel(id)).status);
});
