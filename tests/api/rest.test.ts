import { expect, test } from 'vitest';
import { answerOf, json } from '../helpers/http.ts';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';

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
  const text = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' };
  expect((await answerOf(`${server.url}/api/batch/create`, text)).status).toBe(415);
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

test.each([100, 4_800, 100_000])('a request nested %i deep does no harm', async (depth) => {
  await using server = await startTestServer();
  const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const [good, other] = chatRequests(2).map((request) => JSON.stringify(request));
  const nested = other!.replace('"messages"', `"metadata":${deep},"messages"`);
  const body = `{"endpoint":"${endpoint}","requests":[${good},${nested}]}`;
  const post = { method: 'POST', headers: json, body };
  const validated = await answerOf(`${server.url}/api/batch/validate`, post);
  expect([validated.status, validated.body.validation?.request_count]).toEqual([200, 2]);
  const created = await answerOf(`${server.url}/api/batch/create`, post);
  expect(created.status).toBe(200);
});

test('many requests come in over REST and over tRPC', async () => {
  await using server = await startTestServer();
  const body = JSON.stringify({ endpoint, requests: chatRequests(20_000) });
  expect(body.length).toBeGreaterThan(2_000_000);
  const rest = await answerOf(`${server.url}/api/batch/create`, { method: 'POST', headers: json, body });
  expect(rest.status).toBe(200);
  const trpc = await answerOf(`${server.url}/trpc/batch.create`, { method: 'POST', headers: json, body });
  expect(trpc.status).toBe(200);
  // As tRPC's batching clients send even a single call; what stands beside the call is none of it.
  const together = await answerOf(`${server.url}/trpc/batch.create?batch=1`, {
    method: 'POST',
    headers: json,
    body: `{"0":${body},"requests":[7]}`,
  });
  expect([together.status, together.body[0].error]).toEqual([200, undefined]);
  expect(await server.db.request.count()).toBe(60_000);
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
    '/api/batch/estimate',
    '/api/batch/list',
    '/api/batch/list.csv',
    '/api/batch/stats',
    '/api/batch/stats.csv',
    '/api/batch/upload',
    '/api/batch/validate',
    '/api/batch/{batch_id}',
    '/api/batch/{batch_id}/cancel',
    '/api/batch/{batch_id}/requests',
    '/api/batch/{batch_id}/results',
    '/api/batch/{batch_id}/search',
    '/api/budget',
    '/api/files',
    '/api/files/clean-up',
    '/api/files/totals',
    '/api/files/{file_id}',
    '/api/files/{file_id}/content',
    '/api/health',
    '/api/jobs',
    '/api/jobs/counts',
    '/api/jobs/list.csv',
    '/api/jobs/{job_id}',
    '/api/jobs/{job_id}/budget',
    '/api/jobs/{job_id}/cancel',
    '/api/jobs/{job_id}/errors',
    '/api/jobs/{job_id}/events',
    '/api/jobs/{job_id}/requests',
    '/api/jobs/{job_id}/results',
    '/api/jobs/{job_id}/retry',
    '/api/jobs/{job_id}/search',
    '/api/limits',
    '/api/prices',
    '/api/prices/recost',
    '/api/provider/resume',
    '/api/session',
    '/api/webhooks/openai',
  ]);
  const docs = await fetch(`${server.url}/docs`);
  expect(docs.status).toBe(200);
  expect(await docs.text()).not.toMatch(/<script>|<style>/);
});

test.each(['..%2F..%2Ffiles', '%2E%2E', 'a%20b', 'a%2Fb'])('the id %s leads nowhere else', async (id) => {
  await using server = await startTestServer();
  const { status, body } = await answerOf(`${server.url}/api/batch/${id}`);
  expect([400, 404]).toContain(status);
  expect(['invalid_value', 'route_not_found']).toContain(body.error.code);
  expect(server.local.faults.calls()).toEqual([]);
});

test('JSON that is none is a caller’s mistake over tRPC too', async () => {
  await using server = await startTestServer();
  for (const [path, init, code] of [
    ['/trpc/batch.create', { method: 'POST', headers: json, body: '{' }, 'invalid_json'],
    ['/trpc/batch.cancel', { method: 'POST', headers: json, body: '{' }, 'invalid_value'],
    ['/trpc/batch.get?input=%7B', {}, 'invalid_value'],
  ] as const) {
    const { status, body } = await answerOf(server.url + path, init);
    expect([status, body.error.data.error.code]).toEqual([400, code]);
  }
});
