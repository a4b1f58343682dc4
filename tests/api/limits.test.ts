import type { ModelLimitView } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import type { Services } from '../../apps/server/src/services.ts';
import { createServices } from '../../apps/server/src/services.ts';
import { inChunks, openStage } from '../helpers/open-stage.ts';
import { answerOf, json } from '../helpers/http.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';

const model = 'gpt-4o-mini';
const unknown = { enqueued_tokens: null, source: null, enqueued: 0, waiting: 0, blocked_until: null };

function put(url: string, body: unknown) {
  return answerOf(`${url}/api/limits`, { method: 'PUT', headers: json, body: JSON.stringify(body) });
}

async function list(url: string): Promise<ModelLimitView[]> {
  const { status, body } = await answerOf(`${url}/api/limits`);
  expect(status).toBe(200);
  return body.data;
}

test('a limit is set, shown and forgotten, over REST and over tRPC', async () => {
  await using server = await startTestServer();
  const { url } = server;
  expect(await list(url)).toEqual([]);
  const set = { ...unknown, model, enqueued_tokens: 90_000, source: 'settings' };
  expect(await put(url, { model, enqueued_tokens: 90_000 })).toMatchObject({
    status: 200,
    body: { success: true, limit: set },
  });
  expect(await list(url)).toEqual([set]);
  const trpc = await answerOf(`${url}/trpc/limits.list`);
  expect(trpc.body.result.data).toEqual([set]);
  const body = JSON.stringify({ model: 'other', enqueued_tokens: 5 });
  const other = await answerOf(`${url}/trpc/limits.set`, { method: 'POST', headers: json, body });
  expect(other.body.result.data).toMatchObject({ model: 'other', enqueued_tokens: 5 });
  expect((await list(url)).map((limit) => limit.model)).toEqual([model, 'other']);
  const { body: answer } = await put(url, { model, enqueued_tokens: null });
  expect(answer.limit).toEqual({ ...unknown, model });
  expect((await list(url)).map((limit) => limit.model)).toEqual(['other']);
});

test.each([
  [{ model }, 'enqueued_tokens'],
  [{ model, enqueued_tokens: 0 }, 'enqueued_tokens'],
  [{ model, enqueued_tokens: 1.5 }, 'enqueued_tokens'],
  [{ model: '', enqueued_tokens: 1 }, 'model'],
])('%o is refused', async (body, param) => {
  await using server = await startTestServer();
  const answer = await put(server.url, body);
  expect([answer.status, answer.body.error.param]).toEqual([400, param]);
});

test('what was learned is shown beside what is enqueued and waits; a setting lifts the block', async () => {
  await using server = await startTestServer({ provider: { durations: { validatingMs: 60_000 } } });
  const { url, db } = server;
  const create = { endpoint: '/v1/chat/completions', requests: chatRequests(100) };
  const post = { method: 'POST', headers: json, body: JSON.stringify(create) };
  expect((await answerOf(`${url}/api/batch/create`, post)).status).toBe(200);
  const submission = await db.submission.findFirstOrThrow();
  const { provider } = submission;
  const tokens = Number(submission.estimated_tokens);
  expect(await list(url)).toEqual([{ ...unknown, model: submission.model, enqueued: tokens }]);
  const blocked_until = Math.floor(Date.now() / 1000) + 1_000;
  const learned = { source: 'learned', scale: 2, refusals: 3, blocked_until, updated_at: 1 };
  await db.modelLimit.create({
    data: { provider, model: submission.model!, enqueued_tokens: 10_000_000_000, ...learned },
  });
  const { id: _, batch_id: __, ...more } = submission;
  await db.submission.create({
    data: { ...more, id: 'waits', status: 'planned', not_before: 2_000_000_000 },
  });
  expect(await list(url)).toEqual([
    {
      model: submission.model,
      enqueued_tokens: 10_000_000_000,
      source: 'learned',
      enqueued: 2 * tokens,
      waiting: 1,
      blocked_until,
    },
  ]);
  const { body } = await put(url, { model: submission.model, enqueued_tokens: 7 });
  expect(body.limit).toMatchObject({ enqueued_tokens: 7, source: 'settings', blocked_until: null });
  expect(await db.modelLimit.findFirst()).toMatchObject({ scale: 2, refusals: 0 });
});

test('a job is cut to what fits the limits of its models', async () => {
  await using server = await startTestServer();
  await using stage = await openStage();
  const { db } = server;
  const provider = 'openai';
  await db.modelLimit.create({
    data: { provider, model, enqueued_tokens: 2_000, scale: 2, updated_at: 1 },
  });
  const deps = { db, provider: { name: provider }, ...stage };
  const services: Services = createServices(
    deps as unknown as Parameters<typeof createServices>[0],
    () => {},
    { webhookSecret: undefined },
  );
  const input = toJsonl(
    chatRequests(500).map((request) =>
      Object.assign(request, { body: { messages: [{ role: 'user', content: 'Say hello.' }], model } }),
    ),
  );
  await using job = await services.stageInput(inChunks(input), { scope: 'job' });
  expect(job.parts.length).toBeGreaterThan(3);
  for (const { estimated_tokens } of job.parts) expect(estimated_tokens).toBeLessThanOrEqual(1_000);
  await using batch = await services.stageInput(inChunks(input));
  expect(batch.parts).toHaveLength(1);
});
