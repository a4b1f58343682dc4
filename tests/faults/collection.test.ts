import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultInput } from '@batchdesk/local-provider';
import { expect, test } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer, TestServerOptions } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';

/** Runs a batch to its end and waits until its results are here. */
async function runToEnd(server: TestServer, count: number): Promise<string> {
  const { id } = await createRestClient(server.url).create({ endpoint, requests: chatRequests(count) });
  await waitFor(
    () => server.db.batch.findUnique({ where: { id } }),
    (batch) => batch?.collected_at != null,
  );
  return id;
}

async function outcomes(server: TestServer): Promise<Record<string, number>> {
  const groups = await server.db.request.groupBy({ by: ['outcome'], _count: true });
  return Object.fromEntries(groups.map(({ outcome, _count }) => [outcome, _count]));
}

async function results(server: TestServer, id: string, type: string): Promise<{ custom_id: string }[]> {
  const answer = await fetch(`${server.url}/api/batch/${id}/results?type=${type}`);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(text));
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

test('each request gets the outcome that its line tells, whichever file it is in', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    {
      kind: 'row_fail',
      customId: 'request-2',
      statusCode: 400,
      code: 'context_length_exceeded',
      message: 'Too long.',
    },
    { kind: 'row_expire', customId: 'request-3' },
    { kind: 'row_missing', customId: 'request-4' },
    { kind: 'row_status_zero', customId: 'request-5' },
  );
  const id = await runToEnd(server, 8);
  expect(await outcomes(server)).toEqual({ succeeded: 4, failed: 2, expired: 1, missing: 1 });
  const rows = await server.db.request.findMany({ orderBy: { line: 'asc' } });
  expect(rows.map(({ custom_id, outcome }) => [custom_id, outcome])).toEqual([
    ['request-1', 'succeeded'],
    ['request-2', 'failed'],
    ['request-3', 'expired'],
    ['request-4', 'missing'],
    ['request-5', 'failed'],
    ['request-6', 'succeeded'],
    ['request-7', 'succeeded'],
    ['request-8', 'succeeded'],
  ]);
  expect(rows[1]).toMatchObject({
    status_code: 400,
    error_code: 'context_length_exceeded',
    result_type: 'error',
  });
  const output = await readFile(join(server.folder, `data/results/${id}_output.jsonl`));
  for (const { custom_id, result_type, result_offset, result_bytes } of rows) {
    if (result_type !== 'output') continue;
    const line = output.subarray(Number(result_offset), Number(result_offset) + result_bytes!).toString();
    expect(JSON.parse(line)).toMatchObject({ custom_id });
  }
  expect(await server.db.job.findMany({ select: { status: true } })).toEqual([{ status: 'completed' }]);
  const both = [...(await results(server, id, 'output')), ...(await results(server, id, 'error'))];
  expect(both.map(({ custom_id }) => custom_id).toSorted()).toEqual(
    [1, 2, 3, 5, 6, 7, 8].map((number) => `request-${number}`),
  );
});

test('a batch that fails in validation fails its requests, and says why', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_token_limit_exceeded' });
  const id = await runToEnd(server, 3);
  expect(await outcomes(server)).toEqual({ failed: 3 });
  const { batch } = await createRestClient(server.url).get(id);
  expect(batch.status).toBe('failed');
  expect(batch.errors?.data[0]?.code).toBe('token_limit_exceeded');
  const answer = await fetch(`${server.url}/api/batch/${id}/results`);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({
    error: { code: 'results_unavailable', details: { status: 'failed' } },
  });
});

const passing: [string, FaultInput][] = [
  ['is cut short', { kind: 'truncate', bytes: 100, times: 2 }],
  ['answers 502', { kind: 'server_error', on: 'files.content', status: 502 }],
  ['loses the connection', { kind: 'reset_before', on: 'files.content' }],
];
test.each(passing)('a download that %s is begun again, until it is whole', async (_what, fault) => {
  await using server = await startTestServer();
  server.local.faults.add(fault);
  const id = await runToEnd(server, 5);
  expect(await outcomes(server)).toEqual({ succeeded: 5 });
  expect(await results(server, id, 'output')).toHaveLength(5);
});

test('a batch without a single success has no output, and that is no error', async () => {
  await using server = await startTestServer();
  server.local.faults.add({
    kind: 'row_fail',
    customId: '*',
    statusCode: 500,
    code: 'server_error',
    message: 'No.',
  });
  const id = await runToEnd(server, 3);
  expect(await outcomes(server)).toEqual({ failed: 3 });
  expect(await results(server, id, 'output')).toEqual([]);
  expect(await results(server, id, 'error')).toHaveLength(3);
});

test('an empty file id means no file', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_empty_file_ids', which: 'absent' });
  const id = await runToEnd(server, 2);
  const { batch } = await createRestClient(server.url).get(id);
  expect(batch.error_file_id).toBeNull();
  expect(await results(server, id, 'error')).toEqual([]);
});

test('file ids that come after completion are fetched without anybody asking', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_late_file_ids', delayMs: 3_000 });
  const id = await runToEnd(server, 3);
  expect(await outcomes(server)).toEqual({ succeeded: 3 });
  const row = await server.db.batch.findUniqueOrThrow({ where: { id } });
  expect(row.output_file_id).toMatch(/^file-/);
});

test('file ids that come after completion are waited for', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_late_file_ids', delayMs: 3_000 });
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, requests: chatRequests(2) });
  await waitFor(
    () => api.get(id),
    ({ batch }) => batch.status === 'completed',
  );
  const early = await fetch(`${server.url}/api/batch/${id}/results`);
  expect(early.status).toBe(409);
  expect(await early.json()).toMatchObject({ error: { code: 'results_not_ready' } });
  const late = await waitFor(
    () => fetch(`${server.url}/api/batch/${id}/results`),
    ({ status }) => status === 200,
  );
  expect((await late.text()).trim().split('\n')).toHaveLength(2);
});

const ending: [string, TestServerOptions['provider'], string][] = [
  ['expires', { completionWindowMs: 1_500 }, 'expired'],
  ['is cancelled', {}, 'cancelled'],
];
test.each(ending)('a batch that %s keeps what was done', async (_what, provider, status) => {
  const durations = { validatingMs: 0, inProgressMs: 3_000, finalizingMs: 0, cancellingMs: 0 };
  await using server = await startTestServer({ provider: { durations, ...provider } });
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, requests: chatRequests(40) });
  await waitFor(
    () => api.get(id),
    ({ batch }) => batch.request_counts.completed > 2,
  );
  if (status === 'cancelled') await api.cancel(id);
  await waitFor(
    () => server.db.batch.findUnique({ where: { id } }),
    (batch) => batch?.collected_at != null,
  );
  expect((await api.get(id)).batch.status).toBe(status);
  const counts = await outcomes(server);
  expect(Object.keys(counts).toSorted()).toEqual([status, 'succeeded'].toSorted());
  expect(counts[status]! + counts['succeeded']!).toBe(40);
  expect(await results(server, id, 'output')).toHaveLength(counts['succeeded']!);
});

test('a file that is not found just after the end is waited for, not given up', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'server_error', on: 'files.content', status: 502, times: 9 });
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, requests: chatRequests(2) });
  const row = await waitFor(
    () => server.db.batch.findUnique({ where: { id } }),
    (batch) => batch !== null && batch.collect_after > 0 && batch.output_file_id !== null,
  );
  const headers = { authorization: `Bearer ${server.local.apiKey}` };
  await fetch(`${server.local.url}/files/${row!.output_file_id}`, { method: 'DELETE', headers });
  const answer = await fetch(`${server.url}/api/batch/${id}/results`);
  expect([answer.status, await answer.json()]).toMatchObject([409, { error: { code: 'results_not_ready' } }]);
  expect(await outcomes(server)).toEqual({ pending: 2 });
});

test('results stay when the provider has deleted its files', async () => {
  await using server = await startTestServer();
  const id = await runToEnd(server, 3);
  await server.local.close();
  expect(await results(server, id, 'output')).toHaveLength(3);
});

test('ids of any characters find their answers', async () => {
  await using server = await startTestServer();
  const ids = ['a\u0001b', 'é😀', 'a"b\\c', '\u2028', '__proto__', '=1+1', ' ', 'x'.repeat(3_000)];
  const body = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hello' }] };
  const requests = ids.map((custom_id) => ({ custom_id, method: 'POST' as const, url: endpoint, body }));
  const { id } = await createRestClient(server.url).create({ endpoint, requests });
  await waitFor(
    () => server.db.batch.findUnique({ where: { id } }),
    (batch) => batch?.collected_at != null,
  );
  expect(await outcomes(server)).toEqual({ succeeded: ids.length });
  expect(await createRestClient(server.url).get(id)).not.toHaveProperty('issues');
});
