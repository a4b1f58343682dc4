import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestServer } from '../helpers/start-test-server.ts';

const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString('base64')}`;
const WITH_SECRET = { env: { OPENAI_WEBHOOK_SECRET: SECRET } };
const endpoint = '/v1/chat/completions';

interface Delivery {
  id?: string;
  /** Unix seconds. */
  timestamp?: number;
  key?: Buffer;
  headers?: Record<string, string>;
}

/** Delivers an event as Standard Webhooks say: HMAC-SHA256 over id, time and body. */
async function deliver(url: string, event: unknown, delivery: Delivery = {}) {
  const { id = `wh_${randomUUID()}`, timestamp = Math.floor(Date.now() / 1000), key = KEY } = delivery;
  const body = typeof event === 'string' ? event : JSON.stringify(event, null, 1);
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
    ...delivery.headers,
  };
  return post(`${url}/api/webhooks/openai`, headers, body);
}

/** `fetch` would not send a Host header. */
function post(url: string, headers: Record<string, string>, body: string) {
  return new Promise<{ status: number; body: any }>((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode!, body: JSON.parse(text) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const about = (batchId: string, type = 'batch.completed') => ({
  id: 'evt_1',
  object: 'event',
  created_at: 1,
  type,
  data: { id: batchId },
});

/** When the batch of the tests is to be asked about, if no webhook comes. */
const LATER = 4_000_000_000;

/** A server with an active batch that its background leaves alone: it is that of another provider. */
async function withBatch() {
  const server = await startTestServer(WITH_SECRET);
  const id = 'batch_active';
  const job = { id: 'job_1', status: 'in_progress', endpoint, created_at: 1 };
  await server.db.job.create({ data: job });
  const counts = { requests_total: 1, requests_completed: 0, requests_failed: 0 };
  const known = { status: 'in_progress', provider: 'local', endpoint, input_file_id: 'file-1' };
  const times = { completion_window: '24h', created_at: 1, refreshed_at: 1, refresh_at: LATER };
  await server.db.batch.create({ data: { id, job_id: job.id, ...known, ...counts, ...times } });
  const refreshAt = async () => (await server.db.batch.findUniqueOrThrow({ where: { id } })).refresh_at;
  return { server, id, refreshAt };
}

test('a batch that a webhook is about is asked about at once', async () => {
  const { server, id, refreshAt } = await withBatch();
  await using _ = server;
  expect(await deliver(server.url, about(id))).toEqual({ status: 200, body: { success: true } });
  expect(await refreshAt()).toBe(0);
});

test('the same webhook counts once', async () => {
  const { server, id, refreshAt } = await withBatch();
  await using _ = server;
  await deliver(server.url, about(id), { id: 'wh_1' });
  await server.db.batch.update({ where: { id }, data: { refresh_at: LATER } });
  expect(await deliver(server.url, about(id), { id: 'wh_1' })).toEqual({
    status: 200,
    body: { success: true, duplicate: true },
  });
  expect(await refreshAt()).toBe(LATER);
  expect((await deliver(server.url, about(id), { id: 'wh_2' })).body).toEqual({ success: true });
});

test('a webhook that could not be worked off is taken when it comes again', async () => {
  const { server, id } = await withBatch();
  await using _ = server;
  await server.db.$executeRawUnsafe(
    `CREATE TRIGGER refuse BEFORE UPDATE ON batches BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`,
  );
  expect((await deliver(server.url, about(id), { id: 'wh_1' })).status).toBe(500);
  expect(await server.db.webhookDelivery.count()).toBe(0);
  await server.db.$executeRawUnsafe('DROP TRIGGER refuse');
  expect((await deliver(server.url, about(id), { id: 'wh_1' })).body).toEqual({ success: true });
});

test('the ids of old webhooks are forgotten', async () => {
  await using server = await startTestServer(WITH_SECRET);
  const now = Math.floor(Date.now() / 1000);
  const day = 24 * 60 * 60;
  await server.db.webhookDelivery.createMany({
    data: [
      { id: 'old', received_at: now - 8 * day },
      { id: 'kept', received_at: now - 6 * day },
    ],
  });
  await deliver(server.url, about('batch_1'), { id: 'new' });
  const ids = (await server.db.webhookDelivery.findMany()).map(({ id }) => id);
  expect(ids.toSorted()).toEqual(['kept', 'new']);
});

test('webhooks about what is not known, or not a batch, change nothing', async () => {
  const { server, id, refreshAt } = await withBatch();
  await using _ = server;
  for (const event of [
    about('batch_nobody_knows'),
    about(id, 'response.completed'),
    { type: 'batch.completed' },
    { type: 'batch.completed', data: { id: 5 } },
  ]) {
    expect(await deliver(server.url, event)).toEqual({ status: 200, body: { success: true } });
  }
  expect(await refreshAt()).toBe(LATER);
});

describe('refused are', () => {
  const now = Math.floor(Date.now() / 1000);
  test.each<[string, Delivery]>([
    ['a wrong signature', { key: randomBytes(32) }],
    ['a signature that is none', { headers: { 'webhook-signature': 'v1,?' } }],
    ['a time of ten minutes ago', { timestamp: now - 600 }],
    ['a time in ten minutes', { timestamp: now + 600 }],
    ['another id than the signed one', { headers: { 'webhook-id': 'wh_other' } }],
  ])('%s', async (_name, delivery) => {
    const { server, id, refreshAt } = await withBatch();
    await using _ = server;
    const { status, body } = await deliver(server.url, about(id), delivery);
    expect([status, body.error.code]).toEqual([400, 'webhook_invalid']);
    expect(await refreshAt()).toBe(LATER);
    expect(await server.db.webhookDelivery.count()).toBe(0);
  });

  test('what has no signature, is no JSON, or is too large', async () => {
    await using server = await startTestServer(WITH_SECRET);
    const url = `${server.url}/api/webhooks/openai`;
    const unsigned = await post(url, { 'content-type': 'application/json' }, '{}');
    expect([unsigned.status, unsigned.body.error.code]).toEqual([400, 'webhook_invalid']);
    expect((await deliver(server.url, 'not JSON')).body.error.code).toBe('webhook_invalid');
    expect((await deliver(server.url, 'x'.repeat(1024 * 1024 + 1))).body.error.code).toBe(
      'payload_too_large',
    );
  });

  test('all of them without a secret', async () => {
    await using server = await startTestServer();
    const { status, body } = await deliver(server.url, about('batch_1'));
    expect([status, body.error.code]).toEqual([503, 'webhook_not_configured']);
  });
});

describe('the route is open to', () => {
  const host = { host: 'batches.example.com' };

  test('a public name and a caller without the token, with a secret', async () => {
    const token = { API_TOKEN: 'a-token-for-the-tests' };
    await using server = await startTestServer({ env: { ...WITH_SECRET.env, ...token } });
    const body = { success: true };
    expect(await deliver(server.url, about('batch_1'))).toEqual({ status: 200, body });
    expect(await deliver(server.url, about('batch_1'), { headers: host })).toEqual({ status: 200, body });
    expect((await deliver(server.url, about('batch_1'), { key: randomBytes(32) })).status).toBe(400);
    expect((await post(`${server.url}/api/provider/resume`, host, '')).status).toBe(401);
  });

  test('a public name without a token, and nothing else is', async () => {
    await using server = await startTestServer(WITH_SECRET);
    expect((await deliver(server.url, about('batch_1'), { headers: host })).status).toBe(200);
    expect((await post(`${server.url}/api/provider/resume`, host, '')).status).toBe(403);
  });

  test('neither without a secret', async () => {
    await using server = await startTestServer();
    const { status, body } = await deliver(server.url, about('batch_1'), { headers: host });
    expect([status, body.error.code]).toEqual([403, 'host_not_allowed']);
  });

  test('no page of another site', async () => {
    await using server = await startTestServer(WITH_SECRET);
    const headers = { origin: 'https://evil.example' };
    const { status, body } = await deliver(server.url, about('batch_1'), { headers });
    expect([status, body.error.code]).toEqual([403, 'origin_not_allowed']);
  });
});

test('the secret is in no log', async () => {
  await using server = await startTestServer({ env: { ...WITH_SECRET.env, LOG_LEVEL: 'debug' } });
  await deliver(server.url, about('batch_1'));
  await deliver(server.url, about('batch_1'), { headers: { 'webhook-id': SECRET } });
  await deliver(server.url, about('batch_1'), { id: SECRET });
  await server.stop();
  const log = await readFile(join(server.folder, 'logs/app.log'), 'utf8');
  expect(log).toContain('webhook');
  expect(log).toContain('[redacted]');
  expect(log).not.toContain(SECRET);
});
