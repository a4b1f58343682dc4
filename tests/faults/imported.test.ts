import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createRestClient, errorOf } from '../api/transports.ts';
import { createBatch, createClient, runBatch, upload } from '../local-provider/helpers.ts';
import { chatRequests, parseLines } from '../helpers/requests.ts';
import { download, downloadsOf, untilCollected } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const slow = { durations: { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 } };

/** Makes a batch look old: what is missing then is missing for good. */
async function makeOld(server: TestServer, id: string): Promise<void> {
  await createRestClient(server.url).get(id);
  const completed_at = Math.floor(Date.now() / 1000) - 3_600;
  await server.db.batch.update({ where: { id }, data: { completed_at } });
}

test('the requests of a batch made elsewhere are read when asked for, once', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'too_long' });
  const { id } = await runBatch(createClient(server.local), chatRequests(4));
  const api = createRestClient(server.url);
  await api.list({ source: 'api' });
  expect(downloadsOf(server)).toEqual([]);
  expect(await server.db.request.count()).toBe(0);

  const page = await api.requests(id, { include: ['input', 'result'] });
  expect(page.data.map(({ line, custom_id, outcome }) => [line, custom_id, outcome])).toEqual([
    [1, 'request-1', 'succeeded'],
    [2, 'request-2', 'failed'],
    [3, 'request-3', 'succeeded'],
    [4, 'request-4', 'succeeded'],
  ]);
  expect(page.data[1]).toMatchObject({ input: chatRequests(2)[1], result: { custom_id: 'request-2' } });
  expect(downloadsOf(server)).toEqual(['whole', 'whole', 'whole']);
  expect(await server.db.submission.findMany()).toMatchObject([{ batch_id: id, status: 'imported' }]);
  expect(await server.db.job.findMany()).toMatchObject([{ total_requests: 4, status: 'completed' }]);

  expect(parseLines(await download(server, id, 'type=merged')).map(({ custom_id }) => custom_id)).toEqual(
    chatRequests(4).map(({ custom_id }) => custom_id),
  );
  await server.restart();
  expect((await createRestClient(server.url).requests(id)).total).toBe(4);
  expect(downloadsOf(server)).toHaveLength(3);
});

test('many who ask at once cause one reading', async () => {
  await using server = await startTestServer();
  const { id } = await runBatch(createClient(server.local), chatRequests(50));
  const api = createRestClient(server.url);
  await api.get(id);
  const pages = await Promise.all(Array.from({ length: 8 }, () => api.requests(id)));
  for (const page of pages) expect(page.counts?.by_outcome).toEqual({ succeeded: 50 });
  expect(downloadsOf(server)).toHaveLength(2);
  expect(await server.db.request.count()).toBe(50);
});

test('a reading that was cut off by the end of the server is taken up again', async () => {
  await using server = await startTestServer();
  const { id } = await runBatch(createClient(server.local), chatRequests(5));
  const api = createRestClient(server.url);
  await api.requests(id);
  // As a process leaves it that dies half way.
  await server.db.request.deleteMany({ where: { line: { gt: 2 } } });
  await server.db.job.updateMany({
    data: { total_requests: null, status: 'in_progress', finished_at: null },
  });
  await server.db.submission.updateMany({ data: { request_count: null, settled_at: null } });
  await server.db.batch.updateMany({ data: { collected_at: null } });
  const page = await api.requests(id);
  expect(page.data.map(({ line, outcome }) => [line, outcome])).toEqual(
    [1, 2, 3, 4, 5].map((line) => [line, 'succeeded']),
  );
});

test('the requests of a batch that runs elsewhere are submitted, and nothing of it is collected', async () => {
  await using server = await startTestServer({ provider: slow });
  const { id } = await createBatch(createClient(server.local), chatRequests(3));
  const page = await createRestClient(server.url).requests(id, { outcome: 'submitted' });
  expect(page).toMatchObject({ total: 3, counts: { by_outcome: { submitted: 3 }, by_error_code: {} } });
  expect(downloadsOf(server)).toEqual(['whole']);
});

test('the background leaves a batch alone that was made elsewhere, after its requests were read too', async () => {
  await using server = await startTestServer({
    provider: { durations: { ...slow.durations, inProgressMs: 1_500 } },
  });
  const { id } = await createBatch(createClient(server.local), chatRequests(2));
  const api = createRestClient(server.url);
  expect((await api.requests(id)).counts?.by_outcome).toEqual({ submitted: 2 });
  // One of our own that ends later has been collected: the other would have been before.
  const own = await api.create({ endpoint, requests: chatRequests(2) });
  await untilCollected(server, own.id);
  const row = await server.db.batch.findUniqueOrThrow({ where: { id } });
  expect([row.status, row.collected_at]).toEqual(['completed', null]);
  expect((await api.requests(id)).counts?.by_outcome).toEqual({ succeeded: 2 });
});

test('a batch of ours from a file that only the provider has gets its ledger when it is collected', async () => {
  await using server = await startTestServer();
  const file = await upload(createClient(server.local), chatRequests(3));
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, input_file_id: file.id });
  await untilCollected(server, id);
  expect(await server.db.request.count({ where: { outcome: 'succeeded' } })).toBe(3);
  expect(await server.db.submission.findMany()).toMatchObject([{ status: 'submitted', batch_id: id }]);
  expect((await api.requests(id, { include: ['input'] })).data[2]!.input).toEqual(chatRequests(3)[2]);
});

test('when the provider has deleted the input, the requests are not known, and the files are', async () => {
  await using server = await startTestServer();
  const client = createClient(server.local);
  const { id, input_file_id } = await runBatch(client, chatRequests(3));
  await client.files.delete(input_file_id);
  const api = createRestClient(server.url);
  for (const call of [() => api.requests(id), () => api.search(id, { q: 'x' })]) {
    const { status, error } = await errorOf(call());
    expect([status, error.code, error.details]).toEqual([410, 'input_expired', { batch_id: id }]);
  }
  const merged = await fetch(`${server.url}/api/batch/${id}/results?type=merged`);
  expect([merged.status, await merged.json()]).toMatchObject([410, { error: { code: 'input_expired' } }]);
  expect(parseLines(await download(server, id, 'type=output'))).toHaveLength(3);
  expect(await download(server, id, 'type=error')).toBe('');
});

test('a batch of ours whose input the provider has deleted is collected without its requests', async () => {
  await using server = await startTestServer({
    provider: { durations: { ...slow.durations, inProgressMs: 500 } },
  });
  const client = createClient(server.local);
  const file = await upload(client, chatRequests(2));
  const { id } = await createRestClient(server.url).create({ endpoint, input_file_id: file.id });
  await client.files.delete(file.id);
  await untilCollected(server, id);
  expect(parseLines(await download(server, id, 'type=output'))).toHaveLength(2);
  const { error } = await errorOf(createRestClient(server.url).requests(id));
  expect(error.code).toBe('input_expired');
});

test('results that the provider has deleted before anybody asked are expired', async () => {
  await using server = await startTestServer();
  const client = createClient(server.local);
  const { id, output_file_id } = await runBatch(client, chatRequests(2));
  await client.files.delete(output_file_id!);
  const early = await fetch(`${server.url}/api/batch/${id}/results`);
  expect([early.status, await early.json()]).toMatchObject([409, { error: { code: 'results_not_ready' } }]);
  await makeOld(server, id);
  for (const query of ['type=output', 'type=merged', 'format=csv']) {
    const late = await fetch(`${server.url}/api/batch/${id}/results?${query}`);
    expect([late.status, await late.json()]).toMatchObject([410, { error: { code: 'results_expired' } }]);
  }
});

test('copies that are gone from the disk are fetched again', async () => {
  await using server = await startTestServer();
  const { id } = await runBatch(createClient(server.local), chatRequests(2));
  const api = createRestClient(server.url);
  const before = await api.requests(id, { include: ['input', 'result'] });
  for (const name of ['inputs', 'results']) await rm(`${server.folder}/data/${name}`, { recursive: true });
  expect(await api.requests(id, { include: ['input', 'result'] })).toEqual(before);
  expect(parseLines(await download(server, id, 'type=merged'))).toHaveLength(2);
});

test('a batch of an input that failed in validation lists what it can', async () => {
  await using server = await startTestServer();
  const lines = [{ custom_id: 'a' }, { custom_id: 'a' }, { n: 1 }, 'text'];
  const { id } = await runBatch(createClient(server.local), lines as object[]);
  const page = await createRestClient(server.url).requests(id);
  expect(page.data).toMatchObject([
    { line: 1, custom_id: 'a', outcome: 'failed', error_code: 'missing_required_parameter' },
  ]);
});

test('a batch that was taken for somebody else’s, and read as such, becomes ours with its requests', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'reset_after', on: 'batches.create' },
    { kind: 'server_error', on: 'batches.list', status: 500, times: 3 },
  );
  // With all 16 pairs taken, nothing but its file tells whose it is.
  const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key-${index}`, 'value']));
  const api = createRestClient(server.url);
  const { error } = await errorOf(api.create({ endpoint, requests: chatRequests(2), metadata }));
  const { data } = await api.list({ source: 'api' });
  const { id } = data[0]!;
  expect((await api.requests(id)).counts?.by_outcome).toEqual({ succeeded: 2 });
  expect(await server.db.submission.count({ where: { status: 'imported' } })).toBe(1);
  await server.restart();
  const [own] = await waitFor(
    () => server.db.submission.findMany(),
    ([first, ...others]) => first?.status === 'submitted' && others.length === 0,
  );
  expect(own).toMatchObject({ batch_id: id, job_id: error.details?.['job_id'] });
  await untilCollected(server, id);
  expect((await createRestClient(server.url).requests(id)).counts?.by_outcome).toEqual({ succeeded: 2 });
  expect(await server.db.request.count()).toBe(2);
  expect(await server.db.job.count()).toBe(1);
});
