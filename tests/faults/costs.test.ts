import type { FaultInput } from '@batchdesk/local-provider';
import type { Batch, ListRequestsAnswer } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { updateBatch } from '../../apps/server/src/db/batches.ts';
import type { ProviderBatch } from '../../apps/server/src/provider/provider.ts';
import { createRestClient } from '../api/transports.ts';
import { answerOf } from '../helpers/http.ts';
import { callJobs, createJob, getJob, mixedRequests, untilEnded } from '../helpers/jobs.ts';
import { chatRequests } from '../helpers/requests.ts';
import { resultLine, runToEnd, untilCollected } from '../helpers/results.ts';
import { skipWaits } from '../helpers/skip-waits.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';

/** Dollars of a batch on gpt-4o-mini. */
function dollars(input: number, cached: number, output: number): number {
  return ((input - cached) * 0.15 + cached * 0.075 + output * 0.6) / 2 / 1e6;
}

function get(server: TestServer, id: string, refresh = false): Promise<{ batch: Batch }> {
  return createRestClient(server.url).get(id, refresh);
}

/** What the provider says of a batch. */
async function saidOf({ local }: TestServer, id: string): Promise<ProviderBatch> {
  const headers = { authorization: `Bearer ${local.apiKey}` };
  return (await answerOf(`${local.url}/batches/${id}`, { headers })).body;
}

async function requestsOf(server: TestServer, path: string): Promise<ListRequestsAnswer['data']> {
  return (await answerOf(`${server.url}/api/${path}/requests`)).body.data;
}

function sumOf(requests: ListRequestsAnswer['data']): number {
  return requests.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
}

/** The tokens that result lines tell. */
const ROWS = [
  { kind: 'row_usage', customId: 'request-1', inputTokens: 1_000, cachedTokens: 400, outputTokens: 30 },
  { kind: 'row_usage', customId: 'request-2', inputTokens: 50, outputTokens: 600, reasoningTokens: 512 },
  { kind: 'row_fail', customId: 'request-3', statusCode: 400, code: 'invalid_prompt' },
] as const;
const SUM = dollars(1_050, 400, 630);

test.each(['absent', 'zero'] as const)(
  'where usage is %s the cost is summed from the results, request by request',
  async (usage) => {
    await using server = await startTestServer();
    server.local.faults.add(...ROWS, { kind: 'batch_usage', usage });
    const id = await runToEnd(server, 3);
    const { batch } = await get(server, id);
    expect(batch.usage).toEqual({
      input_tokens: 1_050,
      input_tokens_details: { cached_tokens: 400 },
      output_tokens: 630,
      output_tokens_details: { reasoning_tokens: 512 },
      total_tokens: 1_680,
    });
    expect(batch.cost).toEqual({
      currency: 'usd',
      amount: SUM,
      synchronous: 2 * SUM,
      savings: SUM,
      unknown: null,
      basis: 'results',
    });
    const requests = await requestsOf(server, `batch/${id}`);
    expect(
      requests.map(({ cached_tokens, reasoning_tokens, cost }) => [cached_tokens, reasoning_tokens, cost]),
    ).toEqual([
      [400, 0, dollars(1_000, 400, 30)],
      [0, 512, dollars(50, 0, 600)],
      [null, null, null],
    ]);
    expect(sumOf(requests)).toBeCloseTo(SUM, 12);
    // Asked again, the provider still says nothing.
    expect((await get(server, id, true)).batch).toMatchObject({ usage: batch.usage, cost: batch.cost });
  },
);

test('what the provider says of tokens counts, not the lines as well', async () => {
  await using server = await startTestServer();
  server.local.faults.add(...ROWS);
  const id = await runToEnd(server, 3);
  const { batch } = await get(server, id);
  expect(batch.cost).toMatchObject({ amount: SUM, basis: 'usage' });
  expect(sumOf(await requestsOf(server, `batch/${id}`))).toBeCloseTo(SUM, 12);
});

test('usage that comes late takes the place of the sum, and is not lost again', async () => {
  await using server = await startTestServer();
  server.local.faults.add(...ROWS, { kind: 'batch_usage', delayMs: 2_500 });
  const id = await runToEnd(server, 3);
  expect((await get(server, id)).batch.cost).toMatchObject({ amount: SUM, basis: 'results' });
  const { batch } = await waitFor(
    () => get(server, id, true),
    (answer) => answer.batch.cost?.basis === 'usage',
  );
  expect(batch.cost!.amount).toBe(SUM);
  const said = await saidOf(server, id);
  const usage = { input_tokens: 2_000_000, output_tokens: 0, total_tokens: 2_000_000 };
  await updateBatch(server.db, { ...said, usage });
  expect((await get(server, id)).batch.cost).toMatchObject({ amount: 0.15, basis: 'usage' });
  await updateBatch(server.db, { ...said, usage: null });
  expect((await get(server, id)).batch).toMatchObject({
    cost: { amount: 0.15, basis: 'usage' },
    usage: { input_tokens: 2_000_000 },
  });
});

test.each([
  ['told', []],
  ['not told', [{ kind: 'batch_usage' } as const]],
])('a batch that was cancelled on its way costs what it answered, with tokens %s', async (_, faults) => {
  await using server = await startTestServer({
    provider: { durations: { ...AT_ONCE, inProgressMs: 4_000 } },
  });
  server.local.faults.add(...faults);
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, requests: chatRequests(100) });
  await waitFor(
    () => get(server, id, true),
    ({ batch }) => batch.request_counts.completed > 10,
  );
  expect((await get(server, id)).batch.cost).toBeNull();
  await api.cancel(id);
  await untilCollected(server, id);
  const { batch } = await get(server, id);
  expect(batch.status).toBe('cancelled');
  expect(batch.cost!.basis).toBe(faults.length > 0 ? 'results' : 'usage');
  expect(batch.cost!.amount).toBeGreaterThan(0);
  const requests = (await answerOf(`${server.url}/api/batch/${id}/requests?limit=100`)).body.data;
  expect(sumOf(requests)).toBeCloseTo(batch.cost!.amount!, 12);
  expect(requests.filter(({ cost }: { cost: number | null }) => cost === null).length).toBeGreaterThan(0);
});

test('a batch that expired costs what it answered; one that answered nothing, nothing', async () => {
  await using server = await startTestServer({
    provider: { durations: { ...AT_ONCE, inProgressMs: 4_000 }, completionWindowMs: 1_500 },
  });
  const id = await runToEnd(server, 100);
  const { batch } = await get(server, id);
  expect(batch.status).toBe('expired');
  expect(batch.cost!.amount).toBeGreaterThan(0);
  expect(sumOf((await answerOf(`${server.url}/api/batch/${id}/requests?limit=100`)).body.data)).toBeCloseTo(
    batch.cost!.amount!,
    12,
  );
  server.local.faults.add({ kind: 'batch_usage' }, { kind: 'batch_stuck', status: 'validating' });
  const held = await createRestClient(server.url).create({ endpoint, requests: chatRequests(2) });
  await createRestClient(server.url).cancel(held.id);
  await untilCollected(server, held.id);
  const { batch: nothing } = await get(server, held.id);
  expect([nothing.status, nothing.usage]).toEqual(['cancelled', null]);
  expect(nothing.cost).toMatchObject({ amount: 0, savings: 0, unknown: null, basis: null });
});

test('a batch that failed in validation costs nothing, whatever its model', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_token_limit_exceeded' });
  const requests = mixedRequests(2, ['nobody-knows-it']);
  const id = await runToEnd(server, requests);
  const { batch } = await get(server, id);
  expect([batch.status, batch.cost!.amount, batch.cost!.unknown]).toEqual(['failed', 0, null]);
});

test('the cost of a fine-tuned model is not known, and not 0', async () => {
  await using server = await startTestServer();
  const id = await runToEnd(server, mixedRequests(2, ['ft:gpt-4o-mini-2024-07-18:acme::abc']));
  const { batch } = await get(server, id);
  expect(batch.cost).toMatchObject({ amount: null, synchronous: null, savings: null, unknown: 'price' });
  expect((await requestsOf(server, `batch/${id}`)).map(({ cost }) => cost)).toEqual([null, null]);
  expect((await getJob(server, batch.job_id)).job.cost).toMatchObject({
    amount: null,
    unpriced_batches: 1,
  });
});

test('answers that tell no tokens leave the cost unknown', async () => {
  await using server = await startTestServer();
  const text = resultLine('request-1', {});
  server.local.faults.add({ kind: 'row_text', customId: 'request-1', text }, { kind: 'batch_usage' });
  const id = await runToEnd(server, 1);
  expect((await get(server, id)).batch.cost).toMatchObject({ amount: null, unknown: 'usage', basis: null });
});

test('failures that the provider counts as completed cost nothing; with one answer without tokens nobody knows', async () => {
  await using server = await startTestServer();
  const text = resultLine('request-2', {});
  server.local.faults.add(
    { kind: 'row_status_zero', customId: 'request-1' },
    { kind: 'row_status_zero', customId: 'request-2', times: 1 },
    { kind: 'row_text', customId: 'request-2', text },
  );
  const failed = (await get(server, await runToEnd(server, 2))).batch;
  expect(failed.request_counts).toMatchObject({ completed: 2, failed: 0 });
  expect(failed.cost).toMatchObject({ amount: 0, synchronous: 0, unknown: null });
  const answered = (await get(server, await runToEnd(server, 2))).batch;
  expect(answered.cost).toMatchObject({ amount: null, unknown: 'usage' });
});

test('a cost that is summed up from a part of the answers says so', async () => {
  await using server = await startTestServer();
  const usage = { prompt_tokens: 100, completion_tokens: 10 };
  const run = async (second: FaultInput) => {
    server.local.faults.clear();
    const first = resultLine('request-1', { usage });
    server.local.faults.add(
      { kind: 'batch_usage' },
      { kind: 'row_text', customId: 'request-1', text: first },
      second,
    );
    const id = await runToEnd(server, 2);
    return (await get(server, id)).batch.cost;
  };
  const text = { kind: 'row_text', customId: 'request-2' } as const;
  const whole = await run({ ...text, text: resultLine('request-2', { usage: {} }, 400) });
  expect(whole).toMatchObject({ amount: dollars(100, 0, 10), basis: 'results' });
  const untold = await run({ ...text, text: resultLine('request-2', {}) });
  expect(untold).toMatchObject({ amount: dollars(100, 0, 10), basis: 'partial_results' });
  const cutOff = await run({ ...text, text: resultLine('request-2', { usage }).slice(0, 80) });
  expect(cutOff).toMatchObject({ amount: dollars(100, 0, 10), basis: 'partial_results' });
});

test('what a server that counts nothing has answered is not free', async () => {
  await using server = await startTestServer();
  const text = resultLine('request-1', {});
  server.local.faults.add({ kind: 'row_text', customId: 'request-1', text }, { kind: 'batch_usage' });
  const id = await runToEnd(server, 1);
  const said = await saidOf(server, id);
  await updateBatch(server.db, { ...said, request_counts: { total: 1, completed: 0, failed: 0 } });
  expect((await get(server, id)).batch.cost).toMatchObject({ amount: null, unknown: 'usage' });
});

test('lines whose tokens are no good take nothing from the others', async () => {
  await using server = await startTestServer();
  const usages = [
    { prompt_tokens: -5, completion_tokens: 10 },
    { prompt_tokens: 100, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 900 } },
    { prompt_tokens: '7', completion_tokens: 1.5 },
    { input_tokens: 40, output_tokens: 2, input_tokens_details: { cached_tokens: -1 } },
    { input_tokens: 30, output_tokens: 9, output_tokens_details: { reasoning_tokens: 8 } },
  ];
  server.local.faults.add(
    { kind: 'batch_usage' },
    ...usages.map((usage, index) => ({
      kind: 'row_text' as const,
      customId: `request-${index + 1}`,
      text: resultLine(`request-${index + 1}`, { usage }),
    })),
  );
  const id = await runToEnd(server, usages.length);
  const { batch } = await get(server, id);
  expect(batch.cost!.amount).toBeCloseTo(dollars(170, 100, 41), 12);
  const requests = await requestsOf(server, `batch/${id}`);
  expect(
    requests.map((request) => [
      request.input_tokens,
      request.cached_tokens,
      request.output_tokens,
      request.reasoning_tokens,
    ]),
  ).toEqual([
    [null, null, 10, null],
    [100, 100, 20, null],
    [null, null, null, null],
    [40, null, 2, null],
    [30, null, 9, 8],
  ]);
  expect(sumOf(requests)).toBeCloseTo(batch.cost!.amount!, 12);
});

test('a request with a long context costs more, once its tokens are known', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    {
      kind: 'row_usage',
      customId: 'request-1',
      inputTokens: 272_000,
      cachedTokens: 2_000,
      outputTokens: 100,
    },
    {
      kind: 'row_usage',
      customId: 'request-2',
      inputTokens: 272_001,
      cachedTokens: 2_001,
      outputTokens: 100,
    },
  );
  const id = await runToEnd(server, mixedRequests(2, ['gpt-6-astra']));
  const short = (270_000 * 10 + 2_000 * 1 + 100 * 50) / 2 / 1e6;
  const long = (270_000 * 20 + 2_001 * 2 + 100 * 75) / 2 / 1e6;
  const answer: any = await createRestClient(server.url).get(id);
  expect(answer.batch.cost.amount).toBeCloseTo(short + long, 10);
  const { input, cached_input, output } = answer.cost_details;
  expect(input).toBeCloseTo((270_000 * 30) / 2 / 1e6, 10);
  expect(input + cached_input + output).toBeCloseTo(short + long, 10);
  const requests = await requestsOf(server, `batch/${id}`);
  expect(requests.map(({ cost }) => cost)).toEqual([short, long]);
});

test('each attempt is billed by the batch that it ran in, and the job costs all of them', async () => {
  await using server = await startTestServer();
  const tokens = { inputTokens: 1_000, outputTokens: 100 };
  server.local.faults.add(
    { kind: 'row_expire', customId: 'request-2', times: 2 },
    { kind: 'row_usage', customId: '*', ...tokens },
    { kind: 'batch_token_limit_exceeded' },
  );
  await using waits = skipWaits(server);
  void waits;
  const id = await createJob(server, 2);
  const { job } = await untilEnded(server, id, 60_000);
  const batches = await server.db.batch.findMany({ orderBy: { created_at: 'asc' } });
  expect(batches.map(({ status }) => status).toSorted()).toEqual(['completed', 'completed', 'failed']);
  const costs = await Promise.all(
    batches.map(async (row) => (await get(server, row.id)).batch.cost!.amount!),
  );
  const one = dollars(1_000, 0, 100);
  expect(costs.toSorted((a, b) => a - b)).toEqual([0, expect.closeTo(one, 12), expect.closeTo(one, 12)]);
  expect(job.cost).toEqual({
    currency: 'usd',
    amount: expect.closeTo(2 * one, 12),
    synchronous: expect.closeTo(4 * one, 12),
    savings: expect.closeTo(2 * one, 12),
    unpriced_batches: 0,
  });
  expect((await callJobs<any>(server, '')).data[0].cost).toEqual(job.cost);
  const requests = await requestsOf(server, `jobs/${id}`);
  expect(requests.map(({ attempt, cost }) => [attempt, cost])).toEqual([
    [1, expect.closeTo(one, 12)],
    [2, expect.closeTo(one, 12)],
  ]);
}, 90_000);

test('a batch made elsewhere is costed by its usage, or by its lines once they are asked for', async () => {
  await using server = await startTestServer();
  const api = createRestClient(server.url);
  const client = createClient(server.local);
  server.local.faults.add(...ROWS);
  const { id: told } = await runBatch(client, chatRequests(3));
  server.local.faults.clear();
  server.local.faults.add(...ROWS, { kind: 'batch_usage' });
  const { id: untold } = await runBatch(client, chatRequests(3));
  await api.list({ source: 'api' });
  expect((await get(server, told)).batch.cost).toMatchObject({ amount: SUM, basis: 'usage' });
  expect((await get(server, untold)).batch.cost).toMatchObject({ amount: null, unknown: 'usage' });
  await api.requests(untold);
  expect((await get(server, untold)).batch.cost).toMatchObject({ amount: SUM, basis: 'results' });
});
