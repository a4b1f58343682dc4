import { request as httpRequest } from 'node:http';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const json = { 'content-type': 'application/json' };

async function answerOf(
  url: string,
  init?: RequestInit,
): Promise<{ status: number; headers: Headers; body: any }> {
  const answer = await fetch(url, init);
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

function form(fields: [string, string | Blob, string?][]): FormData {
  const data = new FormData();
  for (const [name, value, filename] of fields) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, filename);
  }
  return data;
}

const file = (text: string) => new Blob([text]);

test.each([
  ['before', ['purpose', 'file']],
  ['after', ['file', 'purpose']],
])('a file is uploaded with its field %s it, and a batch is made from it', async (_where, order) => {
  await using server = await startTestServer();
  const parts: Record<string, [string, string | Blob, string?]> = {
    purpose: ['purpose', 'batch'],
    file: ['file', file(toJsonl(chatRequests(3))), 'my_batch.jsonl'],
  };
  const body = form(order.map((name) => parts[name]!));
  const upload = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  expect(upload.status).toBe(200);
  expect(upload.body).toMatchObject({
    success: true,
    file: {
      filename: 'my_batch.jsonl',
      bytes: toJsonl(chatRequests(3)).length,
      purpose: 'batch',
      request_count: 3,
    },
  });
  const input_file_id = upload.body.file.id;
  const created = await answerOf(`${server.url}/api/batch/create`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ endpoint, input_file_id }),
  });
  expect(created.body.batch).toMatchObject({ input_file_id, status: expect.any(String) });
  await waitFor(
    () => server.db.request.count({ where: { outcome: 'succeeded' } }),
    (succeeded) => succeeded === 3,
  );
});

test('a file that only the provider has can be used as well', async () => {
  await using server = await startTestServer();
  const body = form([
    ['purpose', 'batch'],
    ['file', file(toJsonl(chatRequests(2))), 'a.jsonl'],
  ]);
  const headers = { authorization: `Bearer ${server.local.apiKey}` };
  const uploaded = await answerOf(`${server.local.url}/files`, { method: 'POST', headers, body });
  const created = await answerOf(`${server.url}/api/batch/create`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ endpoint, input_file_id: uploaded.body.id }),
  });
  expect(created.body.batch.input_file_id).toBe(uploaded.body.id);
});

test('BOM, CRLF, blank lines and a missing last newline are accepted, and what is sent is clean', async () => {
  await using server = await startTestServer();
  const [first, second] = chatRequests(2).map((request) => JSON.stringify(request));
  const body = form([['file', file(`\uFEFF${first}\r\n\r\n  \n${second}`), 'windows.txt']]);
  const { body: answer } = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  expect(answer.file).toMatchObject({ filename: 'windows.txt.jsonl', request_count: 2 });
  const headers = { authorization: `Bearer ${server.local.apiKey}` };
  const sent = await fetch(`${server.local.url}/files/${answer.file.id}/content`, { headers });
  expect(await sent.text()).toBe(`${first}\n${second}\n`);
});

test('a file with mistakes is refused with every line, and leaves nothing', async () => {
  await using server = await startTestServer();
  const body = form([
    ['file', file(`{"custom_id":"a"\n[]\n${JSON.stringify(chatRequests(1)[0])}\n`), 'a.jsonl'],
  ]);
  const { status, body: answer } = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  expect(status).toBe(400);
  expect(answer).toMatchObject({
    success: false,
    error: { code: 'invalid_input', details: { count: 2, line: 1 } },
  });
  expect(answer.error.issues.map(({ code, line }: any) => [code, line])).toEqual([
    ['invalid_json_line', 1],
    ['invalid_type', 2],
  ]);
  expect(server.local.faults.calls()).toEqual([]);
  expect(await filesLeft(server.folder)).toEqual([]);
});

const badForms: [string, FormData, string, string | null][] = [
  ['no file', form([['purpose', 'batch']]), 'no_file', 'file'],
  [
    'another purpose',
    form([
      ['purpose', 'fine-tune'],
      ['file', file('x'), 'a'],
    ]),
    'invalid_value',
    'purpose',
  ],
  [
    'another purpose after the file',
    form([
      ['file', file(toJsonl(chatRequests(1))), 'a'],
      ['purpose', 'fine-tune'],
    ]),
    'invalid_value',
    'purpose',
  ],
  [
    'an unknown field',
    form([
      ['colour', 'blue'],
      ['file', file('x'), 'a'],
    ]),
    'unknown_parameter',
    'colour',
  ],
  ['an empty file', form([['file', file(''), 'a.jsonl']]), 'invalid_input', null],
];
test.each(badForms)('an upload with %s is refused', async (_what, body, code, param) => {
  await using server = await startTestServer();
  const { status, body: answer } = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  expect(status).toBe(400);
  expect(answer.error).toMatchObject({ code, param });
  expect(await filesLeft(server.folder)).toEqual([]);
});

test('an upload whose connection breaks leaves nothing', async () => {
  await using server = await startTestServer();
  const upload = httpRequest(`${server.url}/api/batch/upload`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  upload.on('error', () => {});
  upload.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n');
  upload.write(toJsonl(chatRequests(2_000)));
  await waitFor(
    () => readdir(join(server.folder, 'data/tmp')),
    (names) => names.length === 1,
  );
  upload.destroy();
  await waitFor(
    () => filesLeft(server.folder),
    (names) => names.length === 0,
  );
  expect(await server.db.batchFile.count()).toBe(0);
});

test.each([
  ['{"endpoint": nonsense}', 13, 1, 14],
  ['{\n  "endpoint": "/v1/chat/completions",\n}', 40, 3, 1],
])('JSON that is none is refused with its place', async (body, position, line, column) => {
  await using server = await startTestServer();
  const answer = await answerOf(`${server.url}/api/batch/create`, { method: 'POST', headers: json, body });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ code: 'invalid_json', details: { position, line, column } });
});

test('other content types are refused, with the one to use', async () => {
  await using server = await startTestServer();
  const form_ = new URLSearchParams({ endpoint });
  const create = await answerOf(`${server.url}/api/batch/create`, { method: 'POST', body: form_ });
  expect([create.status, create.body.error.code]).toEqual([415, 'unsupported_media_type']);
  expect(create.body.error.message).toContain('application/json');
  const upload = await answerOf(`${server.url}/api/batch/upload`, {
    method: 'POST',
    headers: json,
    body: '{}',
  });
  expect([upload.status, upload.body.error.code]).toEqual([415, 'unsupported_media_type']);
  expect(upload.body.error.message).toContain('multipart/form-data');
});

test('a body over 1 MB is refused where no batch comes in', async () => {
  await using server = await startTestServer();
  const body = JSON.stringify({ padding: 'x'.repeat(1_100_000) });
  const cancel = await answerOf(`${server.url}/api/batch/batch_1/cancel`, {
    method: 'POST',
    headers: json,
    body,
  });
  expect([cancel.status, cancel.body.error.code]).toEqual([413, 'payload_too_large']);
});

test('requests that are nested beyond the stack are refused, by their number', async () => {
  await using server = await startTestServer();
  const deep = `${'['.repeat(6_000)}${']'.repeat(6_000)}`;
  const good = JSON.stringify(chatRequests(1)[0]);
  const body = `{"endpoint":"${endpoint}","requests":[${good},{"custom_id":"b","body":${deep}}]}`;
  const create = { method: 'POST', headers: json, body };
  const { status, body: answer } = await answerOf(`${server.url}/api/batch/create`, create);
  expect([status, answer.error.code, answer.error.param]).toEqual([400, 'invalid_value', 'requests.1']);
  expect(await filesLeft(server.folder)).toEqual([]);
});

test('many requests come in over REST and over tRPC', async () => {
  await using server = await startTestServer();
  const body = JSON.stringify({ endpoint, requests: chatRequests(20_000) });
  expect(body.length).toBeGreaterThan(2_000_000);
  const rest = await answerOf(`${server.url}/api/batch/create`, { method: 'POST', headers: json, body });
  expect(rest.status).toBe(200);
  const trpc = await answerOf(`${server.url}/trpc/batch.create`, { method: 'POST', headers: json, body });
  expect(trpc.status).toBe(200);
  expect(await server.db.request.count()).toBe(40_000);
});

test('more than 50,000 requests are refused', async () => {
  await using server = await startTestServer();
  const body = JSON.stringify({ endpoint, requests: chatRequests(50_001) });
  const { status, body: answer } = await answerOf(`${server.url}/api/batch/create`, {
    method: 'POST',
    headers: json,
    body,
  });
  expect(status).toBe(400);
  expect(answer.error.issues).toMatchObject([{ code: 'too_many_requests' }]);
});

test('results are a JSONL attachment', async () => {
  await using server = await startTestServer();
  const created = await answerOf(`${server.url}/api/batch/create`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ endpoint, requests: chatRequests(2) }),
  });
  const { id } = created.body.batch;
  const results = await waitFor(
    () => fetch(`${server.url}/api/batch/${id}/results?type=output`),
    ({ status }) => status === 200,
  );
  expect(results.headers.get('content-type')).toBe('application/jsonl');
  expect(results.headers.get('content-disposition')).toBe(`attachment; filename="${id}_output.jsonl"`);
  const lines = (await results.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ custom_id }) => String(custom_id)).toSorted()).toEqual(['request-1', 'request-2']);
  const wrong = await answerOf(`${server.url}/api/batch/${id}/results?type=all`);
  expect(wrong.body.error).toMatchObject({ code: 'invalid_value', param: 'type' });
});

test('what does not exist is said so in the same shape', async () => {
  await using server = await startTestServer();
  const { status, body, headers } = await answerOf(`${server.url}/api/nothing?secret=1`);
  expect(status).toBe(404);
  expect(body.error).toMatchObject({
    code: 'route_not_found',
    details: { method: 'GET', path: '/api/nothing' },
  });
  expect(headers.get('x-request-id')).toBe(body.error.request_id);
});

test('the API describes itself', async () => {
  await using server = await startTestServer();
  const { body } = await answerOf(`${server.url}/openapi.json`);
  expect(body.openapi).toBe('3.1.0');
  expect(Object.keys(body.paths as object).toSorted()).toEqual([
    '/api/batch/create',
    '/api/batch/list',
    '/api/batch/stats',
    '/api/batch/upload',
    '/api/batch/{batch_id}',
    '/api/batch/{batch_id}/cancel',
    '/api/batch/{batch_id}/results',
    '/api/health',
    '/api/session',
  ]);
  const docs = await fetch(`${server.url}/docs`);
  expect(docs.status).toBe(200);
  expect(await docs.text()).not.toMatch(/<script>|<style>/);
});

/** Inputs and unfinished files. */
async function filesLeft(folder: string): Promise<string[]> {
  const names = await Promise.all(
    ['data/tmp', 'data/inputs'].map((path) => readdir(join(folder, path)).catch(() => [])),
  );
  return names.flat();
}

test.each(['..%2F..%2Ffiles', '%2E%2E', 'a%20b', 'a%2Fb'])('the id %s leads nowhere else', async (id) => {
  await using server = await startTestServer();
  const { status, body } = await answerOf(`${server.url}/api/batch/${id}`);
  expect([400, 404]).toContain(status);
  expect(['invalid_value', 'route_not_found']).toContain(body.error.code);
  expect(server.local.faults.calls()).toEqual([]);
});

test('a file that another provider has is sent again from the copy here', async () => {
  await using server = await startTestServer();
  const upload = form([['file', file(toJsonl(chatRequests(2))), 'a.jsonl']]);
  const { body } = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body: upload });
  await server.restart({ PROVIDER: 'local' });
  const created = await answerOf(`${server.url}/api/batch/create`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ endpoint, input_file_id: body.file.id }),
  });
  expect(created.body.batch).toMatchObject({ provider: 'local' });
  expect(created.body.batch.input_file_id).not.toBe(body.file.id);
});
