import { expect, test } from 'vitest';
import { answerOf, file, form, json } from '../helpers/http.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const requests = chatRequests(3);
const jsonl = toJsonl(requests);

async function upload(server: TestServer, text = jsonl): Promise<any> {
  const body = form([['file', file(text), 'a.jsonl']]);
  const answer = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  expect([answer.status, answer.body.success]).toEqual([200, true]);
  return answer.body;
}

async function create(server: TestServer, path = '/api/batch/create'): Promise<any> {
  const body = JSON.stringify({ endpoint, requests });
  const answer = await answerOf(server.url + path, { method: 'POST', headers: json, body });
  expect(answer.status).toBe(200);
  return answer.body;
}

const countCalls = ({ local }: TestServer, operation: string) =>
  local.faults.calls().filter((call) => call.operation === operation).length;

async function deleteAtProvider({ local }: TestServer, fileId: string): Promise<void> {
  const headers = { authorization: `Bearer ${local.apiKey}` };
  const answer = await answerOf(`${local.url}/files/${fileId}`, { method: 'DELETE', headers });
  expect(answer.body).toMatchObject({ deleted: true });
}

test('the same content is sent once, however it is written down', async () => {
  await using server = await startTestServer();
  const first = await upload(server);
  expect(first).not.toHaveProperty('duplicate');
  const lines = jsonl.trim().split('\n');
  for (const text of [jsonl, jsonl.trim(), `\uFEFF${lines.join('\r\n')}\r\n`, lines.join('\n\n \t\n')]) {
    expect(await upload(server, text)).toMatchObject({ duplicate: true, file: { id: first.file.id } });
  }
  const raw = { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: jsonl };
  const { body: again } = await answerOf(`${server.url}/api/batch/upload`, raw);
  expect(again).toEqual({ success: true, duplicate: true, file: first.file });
  expect(countCalls(server, 'files.create')).toBe(1);
  // Another order of the same fields is other bytes.
  const reordered = requests.map(({ custom_id, method, url, body }) => ({ url, method, body, custom_id }));
  const other = await upload(server, toJsonl(reordered));
  expect(other).not.toHaveProperty('duplicate');
  expect(await server.db.batchFile.count()).toBe(2);
});

test('content that the provider has deleted is sent again', async () => {
  await using server = await startTestServer();
  const first = await upload(server);
  await deleteAtProvider(server, first.file.id);
  const second = await upload(server);
  expect(second).not.toHaveProperty('duplicate');
  expect(second.file.id).not.toBe(first.file.id);
  expect(await upload(server)).toMatchObject({ duplicate: true, file: { id: second.file.id } });
  expect(countCalls(server, 'files.create')).toBe(2);
});

test('the same requests twice make two batches of one file, over REST and over tRPC', async () => {
  await using server = await startTestServer();
  const first = await create(server);
  expect(first).not.toHaveProperty('input_file_reused');
  const second = await create(server);
  expect(second).toMatchObject({
    input_file_reused: true,
    batch: { input_file_id: first.batch.input_file_id },
  });
  expect(second.batch.id).not.toBe(first.batch.id);
  const { result } = await create(server, '/trpc/batch.create');
  expect(result.data).toMatchObject({ input_file_reused: true, input_file_id: first.batch.input_file_id });
  expect([countCalls(server, 'files.create'), countCalls(server, 'batches.create')]).toEqual([1, 3]);
  expect(await upload(server)).toMatchObject({ duplicate: true, file: { id: first.batch.input_file_id } });
  const succeeded = () => server.db.request.count({ where: { outcome: 'succeeded' } });
  await waitFor(succeeded, (count) => count === 9);
});

test('a reused file that vanishes before the batch is created is sent again', async () => {
  await using server = await startTestServer();
  const first = await create(server);
  const fileId = first.batch.input_file_id;
  server.local.faults.add({ kind: 'slow', on: 'batches.create', delayMs: 400 });
  const creating = create(server);
  await waitFor(
    () => countCalls(server, 'batches.create'),
    (count) => count === 2,
  );
  await deleteAtProvider(server, fileId);
  const second = await creating;
  expect(second.batch.input_file_id).not.toBe(fileId);
  expect(second).not.toHaveProperty('input_file_reused');
  expect(countCalls(server, 'files.create')).toBe(2);
  const succeeded = () => server.db.request.count({ where: { outcome: 'succeeded' } });
  await waitFor(succeeded, (count) => count === 6);
});

test('a batch that only its file can tell from others gets a file of its own', async () => {
  await using server = await startTestServer();
  const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key-${index}`, 'v']));
  const body = JSON.stringify({ endpoint, requests, metadata });
  for (let count = 0; count < 2; count += 1) {
    const post = { method: 'POST', headers: json, body };
    const answer = await answerOf(`${server.url}/api/batch/create`, post);
    expect([answer.status, answer.body.input_file_reused]).toEqual([200, undefined]);
  }
  expect(countCalls(server, 'files.create')).toBe(2);
});
