import { once } from 'node:events';
import { connect } from 'node:net';
import { LIMITS } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { answerOf } from '../helpers/http.ts';
import { expectNothingLeft } from '../helpers/nothing-left.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';

const formType = 'multipart/form-data; boundary=b';
const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\n`;
const tooLarge = [413, 'payload_too_large', LIMITS.intakeBodyBytes];

interface ErrorAnswer {
  error: { code: string; details?: { max_bytes: number } };
}

/** Sends so many bytes, and reads the answer only when all are sent, as many clients do. */
async function sendThenRead(
  { url }: TestServer,
  path: string,
  options: { type: string; start: string; bytes: number },
): Promise<[status: number, code: string, maxBytes: number | undefined]> {
  const { type, start, bytes } = options;
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.pause();
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: ${type}\r\ncontent-length: ${bytes}\r\n\r\n${start}`,
  );
  const end = type === formType ? '\r\n--b--\r\n' : '';
  const block = Buffer.alloc(1 << 20, ' ');
  for (let left = bytes - start.length - end.length; left > 0; left -= block.length) {
    if (!socket.write(block.subarray(0, left))) await once(socket, 'drain');
  }
  socket.write(end);
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    const body = answer.split('\r\n\r\n')[1];
    if (!body?.endsWith('}')) continue;
    const { error } = JSON.parse(body) as ErrorAnswer;
    return [Number(answer.split(' ')[1]), error.code, error.details?.max_bytes];
  }
  throw new Error(`No whole answer: ${answer}`);
}

test.each([
  ['/api/batch/upload', 'application/jsonl', ''],
  ['/api/batch/create', 'application/json', '{"endpoint":"/v1/responses","requests":['],
  ['/api/batch/upload', formType, part('file')],
])('%s (%s): a body over the limit is refused when it is sent', async (path, type, start) => {
  await using server = await startTestServer();
  const bytes = LIMITS.intakeBodyBytes + (1 << 20);
  expect(await sendThenRead(server, path, { type, start, bytes })).toEqual(tooLarge);
  await expectNothingLeft(server);
});

test.each([
  ['/api/batch/upload', formType, part('data'), 'unknown_parameter'],
  ['/api/batch/create', 'application/json', '{"requests":[{},,', 'invalid_json'],
  [
    '/api/batch/create',
    'application/json',
    `{"endpoint":"${'x'.repeat(LIMITS.bodyBytes)}`,
    'payload_too_large',
  ],
  ['/api/batch/create', 'text/plain', '', 'unsupported_media_type'],
])('%s (%s): what is refused at its start is read to its end', async (path, type, start, code) => {
  await using server = await startTestServer();
  const [, refused] = await sendThenRead(server, path, { type, start, bytes: 20 << 20 });
  expect(refused).toBe(code);
  await expectNothingLeft(server);
});

test('a connection on which a body was refused can be used again', async () => {
  await using server = await startTestServer();
  for (let count = 0; count < 3; count += 1) {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const body = `{"requests":[,${' '.repeat(5 << 20)}`;
    const { status } = await answerOf(`${server.url}/api/batch/create`, { ...init, body });
    expect([status, (await answerOf(`${server.url}/api/health`)).status]).toEqual([400, 200]);
  }
});
