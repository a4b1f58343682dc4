import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chatRequests } from '../helpers/requests.ts';
import { createRestClient, createTrpcClient, errorOf } from './transports.ts';
import { startTestServer } from '../helpers/start-test-server.ts';

const API_TOKEN = 'a-token-for-the-tests';

/** A request with headers that `fetch` would not send. */
function ask(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, text }));
    });
    request.on('error', reject);
    request.end();
  });
}

test.each([
  ['evil.example', 403],
  ['localhost.evil.example', 403],
  ['127.0.0.1.evil.example:5000', 403],
  ['localhost', 200],
  ['LOCALHOST:1', 200],
  ['127.0.0.1', 200],
  ['[::1]:5000', 200],
])('the host %s gets %i', async (host, status) => {
  await using server = await startTestServer();
  for (const path of ['/api/health', '/trpc/health', '/openapi.json']) {
    expect((await ask(server.url + path, { host })).status).toBe(status);
  }
});

test('requests of other sites’ pages are refused', async () => {
  await using server = await startTestServer();
  const { host } = new URL(server.url);
  const url = `${server.url}/api/batch/batch_1/cancel`;
  for (const origin of [
    'https://evil.example',
    'null',
    `http://localhost:1`,
    `http://${host}.evil.example`,
  ]) {
    const { status, text } = await ask(url, { origin }, 'POST');
    expect([status, JSON.parse(text).error.code]).toEqual([403, 'origin_not_allowed']);
  }
  const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
  expect((await ask(`${server.url}/api/batch/list?source=api`, image)).status).toBe(403);
  expect((await ask(url, { origin: `http://${host}` }, 'POST')).status).toBe(404);
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
  expect((await ask(`${server.url}/docs`, link)).status).toBe(200);
});

test('every answer forbids inline scripts, frames and sniffing', async () => {
  await using server = await startTestServer();
  for (const path of ['/', '/docs', '/api/health', '/api/nothing']) {
    const { headers } = await fetch(server.url + path);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('with a token nothing is given to who does not have it', async () => {
  await using server = await startTestServer({ env: { API_TOKEN } });
  const protectedPaths = [
    '/api/health',
    '/api/batch/list',
    '/trpc/health',
    '/openapi.json',
    '/docs',
    '/%61pi/health',
  ];
  for (const path of protectedPaths) {
    expect((await ask(server.url + path, {})).status).toBe(401);
    expect((await ask(server.url + path, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask(server.url + path, { cookie: 'batchdesk_session=wrong' })).status).toBe(401);
    expect((await ask(server.url + path, { authorization: `Bearer ${API_TOKEN}` })).status).toBe(200);
  }
  expect(
    (await ask(`${server.url}/api/health`, { authorization: `Bearer ${API_TOKEN}`, host: 'desk.lan' }))
      .status,
  ).toBe(200);
});

test('without the token a typed client gets the same error', async () => {
  await using server = await startTestServer({ env: { API_TOKEN } });
  for (const connect of [createRestClient, createTrpcClient]) {
    const { status, error } = await errorOf(connect(server.url).stats());
    expect([status, error.code, error.type]).toEqual([401, 'unauthorized', 'authentication_error']);
  }
});

test('a browser signs in with the token and gets a cookie that does not contain it', async () => {
  await using server = await startTestServer({ env: { API_TOKEN } });
  const signIn = (token: string) =>
    fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
  expect((await signIn('wrong')).status).toBe(401);
  const answer = await signIn(API_TOKEN);
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie')!;
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  expect(cookie).not.toContain(API_TOKEN);
  expect((await ask(`${server.url}/api/health`, { cookie: cookie.split(';')[0]! })).status).toBe(200);
});

test('no secret is in the log or in an answer', async () => {
  await using server = await startTestServer({ env: { API_TOKEN, LOG_LEVEL: 'debug' } });
  const headers = { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' };
  server.local.faults.add({ kind: 'unauthorized', on: 'files.create' });
  const answers = await Promise.all([
    fetch(`${server.url}/api/batch/create`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ endpoint: '/v1/chat/completions', requests: chatRequests(1) }),
    }),
    fetch(`${server.url}/api/batch/${server.local.apiKey}?refresh=true&token=${API_TOKEN}`, { headers }),
    fetch(`${server.url}/api/health`, { headers }),
  ]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  await server.stop();
  const log = await readFile(join(server.folder, 'logs/app.log'), 'utf8');
  expect(log).toContain('provider_unauthorized');
  expect(log).toContain('[redacted]');
  for (const text of [log, texts[0]!, texts[2]!]) {
    expect(text).not.toContain(server.local.apiKey);
    expect(text).not.toContain(API_TOKEN);
  }
});

test('what goes wrong inside is not told outside', async () => {
  await using server = await startTestServer();
  await server.db.$executeRawUnsafe('ALTER TABLE batch_totals RENAME TO elsewhere');
  const answer = await fetch(`${server.url}/api/batch/stats`);
  const text = await answer.text();
  expect(answer.status).toBe(500);
  expect(JSON.parse(text).error).toMatchObject({
    code: 'internal_error',
    request_id: expect.stringMatching(/^req_/),
  });
  expect(text).not.toMatch(/batches|prisma|sql/i);
  await server.db.$executeRawUnsafe('ALTER TABLE elsewhere RENAME TO batch_totals');
});
