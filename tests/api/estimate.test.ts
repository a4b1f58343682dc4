import type { BatchRequest, Estimate } from '@batchdesk/shared';
import type { AppRouter } from '@batchdesk/server/router';
import { createTRPCClient, httpBatchLink, httpLink } from '@trpc/client';
import { expect, test } from 'vitest';
import { answerOf, file, form, json } from '../helpers/http.ts';
import { expectNothingLeft } from '../helpers/nothing-left.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';

const CHAT = '/v1/chat/completions';

/** Chat requests to a model, whose answers have at most so many tokens. */
function ask(model: string, count: number, more: Record<string, unknown> = {}): BatchRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    custom_id: `${model}-${index}`,
    method: 'POST',
    url: CHAT,
    body: { model, messages: [{ role: 'user', content: `What is ${index} times seven?` }], ...more },
  }));
}

async function post(server: TestServer, init: RequestInit, query = '') {
  return answerOf(`${server.url}/api/batch/estimate${query}`, { method: 'POST', ...init });
}

async function estimate(server: TestServer, requests: readonly unknown[]): Promise<Estimate> {
  const { status, body } = await post(server, { headers: json, body: JSON.stringify({ requests }) });
  expect([status, body.error]).toEqual([200, undefined]);
  return body.estimate as Estimate;
}

/** How many tokens of gpt-4o-mini may be enqueued. */
async function setLimit(server: TestServer, enqueued_tokens: number): Promise<void> {
  const body = JSON.stringify({ model: 'gpt-4o-mini', enqueued_tokens });
  const { status } = await answerOf(`${server.url}/api/limits`, { method: 'PUT', headers: json, body });
  expect(status).toBe(200);
}

test('a small input is counted wholly, and costs what its tokens cost', async () => {
  await using server = await startTestServer();
  const found = await estimate(server, ask('gpt-4o-mini', 10, { max_tokens: 100 }));
  const input = found.input_tokens;
  // Nine or ten tokens of text each, and four for the message.
  expect(input).toMatchObject({ method: 'tokenizer', error: 0.01, counted_requests: 10 });
  expect(input.estimate).toBeGreaterThan(100);
  expect(input.estimate).toBeLessThan(150);
  expect([input.low, input.high]).toEqual([
    Math.floor(input.estimate * 0.99),
    Math.ceil(input.estimate * 1.01),
  ]);
  expect(found).toMatchObject({
    currency: 'usd',
    request_count: 10,
    batches: 1,
    fits_one_batch: true,
    output_tokens: { likely: null, high: 1_000, uncapped_requests: 0, history_requests: 0 },
    unpriced_requests: 0,
  });
  const most = (input.high * 0.15 + 1_000 * 0.6) / 1e6;
  expect(found.synchronous.low).toBeCloseTo((input.low * 0.15) / 1e6, 10);
  expect(found.synchronous.high).toBeCloseTo(most, 10);
  expect(found.synchronous.likely).toBeNull();
  expect(found.batch.high).toBeCloseTo(most / 2, 10);
  expect(found.savings.high).toBeCloseTo(most / 2, 10);
  expect(found.models).toHaveLength(1);
  expect(found.models[0]).toMatchObject({
    model: 'gpt-4o-mini',
    batch: found.batch,
    price: { model: 'gpt-4o-mini', input: 0.15, batch_share: 0.5 },
    unknown_price: null,
    capacity: { limit: null, enqueued: 0, verdict: 'unknown' },
  });
  await expectNothingLeft(server);
});

test('every door gives the same answer, and sends nothing', async () => {
  await using server = await startTestServer();
  const requests = ask('gpt-4o-mini', 5, { max_tokens: 10 });
  const expected = await estimate(server, requests);
  const jsonl = toJsonl(requests);
  const doors: [RequestInit, string?][] = [
    [{ headers: json, body: JSON.stringify({ endpoint: CHAT, requests }) }],
    [{ body: form([['file', file(jsonl), 'a.jsonl']]) }],
    [{ headers: { 'content-type': 'application/jsonl' }, body: jsonl }, `?endpoint=${CHAT}`],
  ];
  for (const [init, query] of doors) {
    const { status, body } = await post(server, init, query);
    expect([status, body.estimate]).toEqual([200, expected]);
    expect(body.validation).toMatchObject({ valid: true, request_count: 5, endpoint: CHAT });
  }
  for (const link of [httpLink, httpBatchLink]) {
    const client = createTRPCClient<AppRouter>({ links: [link({ url: `${server.url}/trpc` })] });
    const [one, other] = await Promise.all([
      client.batch.estimate.mutate({ requests }),
      client.batch.estimate.mutate({ requests }),
    ]);
    expect([one.estimate, other.estimate, one.validation.valid]).toEqual([expected, expected, true]);
  }
  expect(await server.db.job.count()).toBe(0);
  await expectNothingLeft(server);
});

test('several models are told apart, and what has no price is in no amount', async () => {
  await using server = await startTestServer();
  const priced = ask('gpt-4o-mini', 3, { max_tokens: 10 });
  const found = await estimate(server, [
    ...ask('ft:gpt-4o-mini-2024-07-18:org::id', 4, { max_tokens: 10 }),
    ...priced,
    ...ask('llama-9', 2),
  ]);
  expect(found).toMatchObject({
    request_count: 9,
    batches: 3,
    fits_one_batch: false,
    unpriced_requests: 6,
    input_tokens: { method: 'bytes' },
    output_tokens: { high: null, uncapped_requests: 2 },
  });
  const [tuned, mini, llama] = found.models;
  expect(tuned).toMatchObject({
    model: 'ft:gpt-4o-mini-2024-07-18:org::id',
    price: null,
    unknown_price: 'fine_tuned',
    input_tokens: { method: 'tokenizer' },
    batch: { low: null, likely: null, high: null },
  });
  expect(llama).toMatchObject({
    unknown_price: 'unknown_model',
    input_tokens: { method: 'bytes', error: 0.5, counted_requests: 0 },
  });
  expect([found.batch, found.synchronous]).toEqual([mini!.batch, mini!.synchronous]);
  expect((await estimate(server, priced)).batch).toEqual(mini!.batch);
  const unknown = await estimate(server, ask('llama-9', 2));
  expect(unknown.batch).toEqual({ low: null, likely: null, high: null });
});

test('one request without a limit leaves the most open', async () => {
  await using server = await startTestServer();
  const found = await estimate(server, [
    ...ask('gpt-4o-mini', 3, { max_completion_tokens: 10 }),
    { ...ask('gpt-4o-mini', 1)[0], custom_id: 'open' },
  ]);
  expect(found.output_tokens).toMatchObject({ high: null, uncapped_requests: 1 });
  expect(found.batch).toMatchObject({ low: expect.any(Number), likely: null, high: null });
});

test('embeddings have no answer that costs', async () => {
  await using server = await startTestServer();
  const requests = ['a', 'b'].map((custom_id) => ({
    custom_id,
    method: 'POST',
    url: '/v1/embeddings',
    body: { model: 'text-embedding-3-small', input: 'Some words' },
  }));
  const { output_tokens, synchronous, input_tokens } = await estimate(server, requests);
  expect(output_tokens).toEqual({ likely: 0, high: 0, uncapped_requests: 0, history_requests: 0 });
  expect(synchronous.likely).toBeCloseTo((input_tokens.estimate * 0.02) / 1e6, 10);
});

/** As if a model had answered 200 requests before. */
async function addHistory(server: TestServer, model: string, outputTokens: bigint): Promise<void> {
  await server.db.batchTotal.create({
    data: {
      group_by: '',
      period: '',
      value: '',
      provider: 'openai',
      status: 'completed',
      endpoint: CHAT,
      model,
      batches: 1,
      requests_total: 200n,
      requests_completed: 200n,
      requests_failed: 0n,
      input_tokens: 2_000n,
      cached_tokens: 0n,
      output_tokens: outputTokens,
      reasoning_tokens: 0n,
      total_tokens: 2_000n + outputTokens,
      cost: 0n,
      synchronous_cost: 0n,
      unpriced: 0,
      requests_with_usage: 200n,
    },
  });
}

test('what a model answered before tells what is likely', async () => {
  await using server = await startTestServer();
  await addHistory(server, 'gpt-4o-mini-2024-07-18', 5_000n);
  const found = await estimate(server, ask('gpt-4o-mini', 4));
  expect(found.output_tokens).toMatchObject({ likely: 100, history_requests: 200 });
  const { input_tokens, synchronous } = found;
  expect(synchronous.likely).toBeCloseTo((input_tokens.estimate * 0.15 + 100 * 0.6) / 1e6, 10);
  const capped = await estimate(server, ask('gpt-4o-mini', 4, { max_tokens: 5 }));
  expect(capped.output_tokens).toMatchObject({ likely: 20, high: 20 });
});

test('a price of your own is taken', async () => {
  await using server = await startTestServer();
  const price = {
    model: 'llama-9',
    input: 1,
    cached_input: null,
    output: 2,
    batch_share: 0.25,
    long_context: null,
    effective_from: null,
  };
  await server.db.price.create({ data: { price: JSON.stringify(price), is_own: true } });
  const { models, unpriced_requests } = await estimate(server, ask('llama-9', 2, { max_tokens: 1_000 }));
  expect(unpriced_requests).toBe(0);
  const { synchronous, batch, input_tokens } = models[0]!;
  expect(models[0]!.price).toEqual(price);
  expect(synchronous.high).toBeCloseTo((input_tokens.high * 1 + 2_000 * 2) / 1e6, 10);
  expect(batch.high).toBeCloseTo((input_tokens.high * 1 + 2_000 * 2) / 4e6, 10);
});

test('a request with a long context costs its multiple', async () => {
  await using server = await startTestServer();
  const long = ask('gpt-6-astra', 1, {
    max_tokens: 1_000,
    messages: [{ role: 'user', content: 'word '.repeat(240_000) }],
  });
  const { models } = await estimate(server, long);
  const { synchronous, input_tokens } = models[0]!;
  expect(input_tokens.estimate).toBeGreaterThan(272_000);
  expect(synchronous.high).toBeCloseTo((input_tokens.high * 20 + 1_000 * 75) / 1e6, 6);
});

test('what is likely is no more than what may be, where long requests have short answers', async () => {
  await using server = await startTestServer();
  await addHistory(server, 'gpt-6-astra', 200n * 50_000n);
  const messages = [{ role: 'user', content: 'word '.repeat(240_000) }];
  const [long] = ask('gpt-6-astra', 1, { max_tokens: 1, messages });
  const [short] = ask('gpt-6-astra', 1, { max_tokens: 100_000 });
  const found = await estimate(server, [{ ...long, custom_id: 'long' }, short]);
  expect(found.output_tokens).toMatchObject({ likely: 50_001, high: 100_001 });
  for (const { low, likely, high } of [found.batch, found.synchronous, found.savings]) {
    expect(likely).toBeGreaterThan(low!);
    expect(high).toBeGreaterThan(likely!);
  }
});

test.each([
  [1_000_000, 'now'],
  [100, 'in_turns'],
  [10, 'too_large'],
])('a limit of %d tokens treats it so: %s', async (limit, verdict) => {
  await using server = await startTestServer();
  await setLimit(server, limit);
  const { models, batches } = await estimate(server, ask('gpt-4o-mini', 20));
  expect(models[0]!.capacity).toEqual({ limit, enqueued: 0, verdict });
  expect([models[0]!.batches, batches > 1]).toEqual([batches, limit < 1_000]);
});

test('what others have enqueued is counted, and a paused provider takes nothing', async () => {
  await using server = await startTestServer({
    provider: { durations: { ...AT_ONCE, inProgressMs: 60_000 } },
  });
  await setLimit(server, 300);
  const body = JSON.stringify({ endpoint: CHAT, requests: chatRequests(20) });
  const created = await answerOf(`${server.url}/api/batch/create`, { method: 'POST', headers: json, body });
  expect(created.status).toBe(200);
  const [waiting] = (await estimate(server, ask('gpt-4o-mini', 20))).models;
  expect(waiting!.capacity).toMatchObject({ limit: 300, verdict: 'waits' });
  expect(waiting!.capacity.enqueued).toBeGreaterThan(0);
  await server.db.providerPause.create({
    data: { provider: 'openai', code: 'insufficient_quota', message: 'x', since: 1, probe_at: 2 ** 31 - 1 },
  });
  const [paused] = (await estimate(server, ask('gpt-4o-mini', 20))).models;
  expect(paused!.capacity.verdict).toBe('paused');
});

test('what would be refused is refused, with what it is', async () => {
  await using server = await startTestServer();
  const bad = await post(server, { headers: json, body: JSON.stringify({ requests: [{ custom_id: 'a' }] }) });
  expect(bad).toMatchObject({
    status: 400,
    body: {
      success: false,
      error: { code: 'invalid_input' },
      validation: { valid: false, request_count: 1 },
    },
  });
  expect(bad.body.estimate).toBeUndefined();
  const empty = await post(server, { headers: json, body: '{"requests": []}' });
  expect([empty.status, empty.body.error.issues[0].code]).toEqual([400, 'empty_file']);
  const none = await post(server, { headers: json, body: '{}' });
  expect([none.status, none.body.error.code]).toEqual([400, 'missing_required_parameter']);
  const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc` })] });
  await expect(client.batch.estimate.mutate({ requests: [] })).rejects.toThrow('empty');
  await expectNothingLeft(server);
});

test('more than a batch takes is estimated as a job, by a sample', async () => {
  await using server = await startTestServer();
  const requests = ask('gpt-4o-mini', 60_000, { max_tokens: 10 });
  const { status, body } = await post(server, {
    headers: { 'content-type': 'application/jsonl' },
    body: toJsonl(requests),
  });
  expect(status).toBe(200);
  const found = body.estimate as Estimate;
  expect(found).toMatchObject({
    request_count: 60_000,
    batches: 2,
    fits_one_batch: false,
    input_tokens: { method: 'tokenizer', counted_requests: 400 },
    output_tokens: { high: 600_000 },
  });
  expect(body.validation.request_count).toBe(60_000);
  // The same input has the same sample.
  expect(await estimate(server, requests)).toEqual(found);
});

test('what requests allow their answers to have is kept with what is sent', async () => {
  await using server = await startTestServer();
  const requests = [...ask('gpt-4o-mini', 3, { max_tokens: 10 }), ...ask('gpt-4o', 2)];
  for (const [path, sent] of [
    ['jobs', requests],
    ['batch/create', requests.slice(0, 3)],
  ] as const) {
    const body = JSON.stringify({ endpoint: CHAT, requests: sent });
    const { status } = await answerOf(`${server.url}/api/${path}`, { method: 'POST', headers: json, body });
    expect(status).toBe(200);
  }
  const select = { model: true, max_output_tokens: true, uncapped_requests: true };
  const kept = await server.db.submission.findMany({
    select,
    orderBy: [{ job: { kind: 'desc' } }, { sequence: 'asc' }],
  });
  expect(kept).toEqual([
    { model: 'gpt-4o-mini', max_output_tokens: 30n, uncapped_requests: 0 },
    { model: 'gpt-4o', max_output_tokens: 0n, uncapped_requests: 2 },
    { model: 'gpt-4o-mini', max_output_tokens: 30n, uncapped_requests: 0 },
  ]);
});
