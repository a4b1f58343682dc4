import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerOf } from '../helpers/http.ts';
import { expectNothingLeft } from '../helpers/nothing-left.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()));
afterAll(() => server[Symbol.asyncDispose]());

/** Waits until nothing is left of what was sent. Returns what the server answers then. */
async function statusAfterwards(): Promise<number> {
  await expectNothingLeft(server);
  return (await answerOf(`${server.url}/api/health`)).status;
}

const jsonl = toJsonl(chatRequests(2_000));
const list = jsonl.trim().replaceAll('\n', ',');
const formType = 'multipart/form-data; boundary=b';
const formStart = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n`;
const endpointPart = '--b\r\nContent-Disposition: form-data; name="endpoint"\r\n\r\n/v1/chat/completions\r\n';

/** Bodies without their ends, at each door. */
const CUT_BODIES: [path: string, type: string, body: string][] = [
  ['/api/batch/upload', formType, formStart + jsonl],
  ['/api/batch/upload', 'application/jsonl', jsonl.slice(0, -20)],
  ['/api/batch/create', formType, endpointPart + formStart + jsonl],
  ['/api/batch/create', 'application/json', `{"requests":[${list}`],
  ['/api/batch/validate', formType, formStart + jsonl],
  ['/api/batch/validate', 'application/json', `{"requests":[${list}`],
  ['/trpc/batch.create', 'application/json', `{"requests":[${list}`],
];

/** A connection on which the head of a call was sent. */
function call(path: string, headers: Record<string, string | number>): Socket {
  const { hostname, port, host } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  return socket;
}

const chunk = (body: string) => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;

async function waitForFiles(): Promise<void> {
  await waitFor(
    () => readdir(join(server.folder, 'data/tmp')),
    // The requests, and where they are.
    (names) => names.length === 2,
  );
}

test.each(CUT_BODIES)('%s (%s): a caller who hangs up leaves nothing', async (path, type, body) => {
  for (const [head, sent] of [
    [{ 'content-length': body.length + 1 }, body],
    [{ 'transfer-encoding': 'chunked' }, chunk(body)],
  ] as const) {
    const socket = call(path, { 'content-type': type, ...head });
    socket.on('error', () => {});
    socket.write(sent);
    await waitForFiles();
    socket.destroy();
    expect(await statusAfterwards()).toBe(200);
  }
});

test.each(CUT_BODIES)('%s (%s): a caller who stops sending leaves nothing', async (path, type, body) => {
  for (const [head, sent] of [
    [{ 'content-length': body.length + 1 }, body],
    [{ 'transfer-encoding': 'chunked' }, chunk(body)],
    [{ 'transfer-encoding': 'chunked' }, `${chunk(body)}ffff\r\nabc`],
    [{ 'transfer-encoding': 'chunked' }, `${chunk(body)}this is no length\r\n`],
  ] as const) {
    const socket = call(path, { 'content-type': type, ...head });
    socket.end(sent);
    expect(await text(socket)).not.toContain('HTTP/1.1 200');
    expect(await statusAfterwards()).toBe(200);
  }
});

test.each([
  ['/api/batch/upload', formType, formStart + jsonl, 'upload_incomplete'],
  ['/api/batch/create', formType, endpointPart + formStart + jsonl, 'upload_incomplete'],
  ['/api/batch/validate', formType, formStart + jsonl, 'upload_incomplete'],
  ['/api/batch/create', formType, formStart, 'upload_incomplete'],
  ['/api/batch/create', formType, endpointPart, 'upload_incomplete'],
  ['/api/batch/create', formType, '', 'no_file'],
  ['/api/batch/create', 'application/json', `{"requests":[${list}`, 'invalid_json'],
  ['/trpc/batch.create', 'application/json', `{"requests":[${list}`, 'invalid_json'],
  ['/api/batch/upload', 'application/jsonl', jsonl.slice(0, -20), 'invalid_input'],
  ['/api/batch/upload', 'application/jsonl', '', 'invalid_input'],
])('%s (%s): a body whose length does not tell that it is cut is refused', async (path, type, body, code) => {
  const headers = { 'content-type': type };
  const answer = await answerOf(server.url + path, { method: 'POST', headers, body });
  const error = answer.body.error.data?.error ?? answer.body.error;
  expect([answer.status, error.code]).toEqual([400, code]);
});

const CHECKED = CUT_BODIES.filter(([path]) => path === '/api/batch/validate');
test.each(CHECKED)(
  '%s (%s): a caller who does not wait for the answer leaves nothing',
  async (path, type, body) => {
    const end = type === formType ? '\r\n--b--\r\n' : ']}';
    const socket = call(path, { 'content-type': type, 'content-length': body.length + end.length });
    socket.on('error', () => {});
    socket.write(body);
    await waitForFiles();
    await new Promise((resolve) => socket.write(end, resolve));
    socket.destroy();
    expect(await statusAfterwards()).toBe(200);
  },
);
