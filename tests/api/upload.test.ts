import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerOf, file, filesLeft, form, json } from '../helpers/http.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';

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
    // The requests, and where they are.
    (names) => names.length === 2,
  );
  upload.destroy();
  await waitFor(
    () => filesLeft(server.folder),
    (names) => names.length === 0,
  );
  expect(await server.db.batchFile.count()).toBe(0);
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

test.each([
  ['is cut', 'multipart/form-data; boundary=b', 400, 'upload_incomplete'],
  ['has no boundary', 'multipart/form-data', 415, 'unsupported_media_type'],
])('a form that %s is refused, and leaves nothing', async (_what, type, status, code) => {
  await using server = await startTestServer();
  const body = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n${toJsonl(chatRequests(2))}`;
  const init = { method: 'POST', headers: { 'content-type': type }, body };
  const answer = await answerOf(`${server.url}/api/batch/upload`, init);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  expect(await filesLeft(server.folder)).toEqual([]);
});

test('a file under another name than "file" is refused', async () => {
  await using server = await startTestServer();
  const body = form([['data', file(toJsonl(chatRequests(1))), 'a.jsonl']]);
  const answer = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  expect([answer.status, answer.body.error.param]).toEqual([400, 'data']);
});
