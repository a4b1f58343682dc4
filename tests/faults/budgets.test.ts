import type { BudgetState } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { answerOf, json } from '../helpers/http.ts';
import {
  batchesAtProvider,
  callJobs,
  countsOf,
  createJob,
  eventsOf,
  getJob,
  mixedRequests,
  untilEnded,
} from '../helpers/jobs.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import {
  MODELS,
  NOTHING,
  PATIENCE_MS,
  SLOW,
  UNITS,
  createHeld,
  endpoint,
  putJob,
  putMonth,
  readMonth,
  reasonsOf,
  renamed,
  setPrices,
  startPriced,
  told,
  untilHeld,
  untilTold,
  wake,
} from './budget-helpers.ts';

test.concurrent('a job budget holds what would pass it, and goes on to the end once it is raised', async () => {
  await using server = await startPriced();
  const { job, submissions } = await createHeld(server);
  expect(await batchesAtProvider(server)).toEqual([]);
  const costs = submissions.map(({ estimated_cost }) => estimated_cost!);
  expect(Math.min(...costs)).toBeGreaterThan(0.1);
  expect(job.budget).toEqual<BudgetState>({
    limit: NOTHING,
    warn_at: 0.8,
    at_limit: 'hold',
    spent: 0,
    committed: 0,
    state: 'reached',
    held: 3,
  });
  // Room for one: the second of the three waits, and the last behind it.
  const limit = Number((costs[0]! * 1.6).toFixed(6));
  expect((await putJob(server, job.id, { limit })).budget).toMatchObject({ limit, held: 0, committed: 0 });
  const one = await untilHeld(server, job.id, 2);
  expect(reasonsOf(one)).toEqual([null, 'job_budget', 'job_budget']);
  expect(one.job.budget).toMatchObject({ state: 'reached', held: 2 });
  expect(await batchesAtProvider(server)).toHaveLength(1);
  await untilTold(server, 2);
  const raised = await putJob(server, job.id, { limit: 1_000 });
  expect(raised.budget).toMatchObject({ limit: 1_000, state: 'ok', held: 0 });
  const ended = await untilEnded(server, job.id, PATIENCE_MS);
  expect(countsOf(ended)).toEqual({ total: 60, succeeded: 60 });
  expect(await batchesAtProvider(server)).toHaveLength(3);
  const { budget } = ended.job;
  expect(budget!.spent).toBeGreaterThan(0);
  // Nothing is under way any more: only what it cost counts.
  expect(budget).toMatchObject({ committed: budget!.spent, state: 'ok', held: 0 });
  const types = (await eventsOf(server, job.id)).map(({ type }) => type);
  expect(types.filter((type) => type.startsWith('budget.'))).toEqual(['budget.reached', 'budget.reached']);
  expect(types.filter((type) => type === 'submission.waiting').length).toBeGreaterThanOrEqual(5);
});

test.concurrent('a budget that only warns holds nothing, and warns once', async () => {
  await using server = await startPriced({ provider: { durations: SLOW } });
  const budget = { limit: NOTHING, at_limit: 'warn' as const };
  const id = await createJob(server, mixedRequests(60, MODELS), { budget });
  const view = await untilHeld(server, id, 0);
  expect(view.job.budget).toMatchObject({ at_limit: 'warn', state: 'reached', held: 0 });
  await untilTold(server, 2);
  await server.restart();
  await putJob(server, id, budget);
  await callJobs(server, `/${id}/cancel`, {});
  await untilEnded(server, id, PATIENCE_MS);
  const events = await told(server);
  expect(events.map(({ type, job_id }) => [type, job_id])).toEqual([
    ['budget.warned', id],
    ['budget.reached', id],
  ]);
  expect(events[0]!.data).toEqual({
    scope: 'job',
    limit: NOTHING,
    committed: expect.any(Number),
  });
});

test.concurrent('what is nearly gone is warned of, and again under another limit', async () => {
  await using server = await startPriced({ provider: { durations: SLOW } });
  const { job, submissions } = await createHeld(server);
  const all = submissions.reduce((sum, { estimated_cost }) => sum + estimated_cost!, 0);
  const limit = Number((all * 1.1).toFixed(6));
  await putJob(server, job.id, { limit });
  const view = await untilHeld(server, job.id, 0);
  expect(view.job.budget).toMatchObject({ state: 'warned', spent: 0, held: 0 });
  expect(view.job.budget!.committed).toBeCloseTo(all, 6);
  await waitFor(
    () => told(server),
    (events) => events.at(-1)!.type === 'budget.warned',
  );
  await putJob(server, job.id, { limit, warn_at: 0.9 });
  await waitFor(
    () => told(server),
    (events) => events.filter(({ type }) => type === 'budget.warned').length === 2,
  );
  expect((await putJob(server, job.id, null)).budget).toBe(null);
  expect(await server.db.budget.count()).toBe(0);
});

test.concurrent('what a batch cost less than was expected is room again', async () => {
  await using server = await startTestServer();
  const models = MODELS.slice(0, 2);
  await setPrices(server, models, 2_000, 2_000);
  const requests = mixedRequests(20, models);
  // Nothing was answered yet: answers are taken to be as long as they may be.
  for (const { body } of requests) body['max_completion_tokens'] = 10_000;
  const { job, submissions } = await createHeld(server, requests, 2);
  const costs = submissions.map(({ estimated_cost }) => estimated_cost!);
  expect(Math.min(...costs)).toBeGreaterThan(100);
  await putJob(server, job.id, { limit: Number((costs[0]! * 1.1).toFixed(6)) });
  const ended = await untilEnded(server, job.id, PATIENCE_MS);
  expect(countsOf(ended)).toEqual({ total: 20, succeeded: 20 });
  const { spent, committed } = ended.job.budget!;
  expect([spent, committed]).toEqual([ended.job.cost.amount, spent]);
  expect(spent).toBeLessThan(costs[0]! / 10);
});

test.concurrent('a budget holds what nobody has asked before, and has no limit', async () => {
  await using server = await startTestServer({ provider: { durations: SLOW } });
  await setPrices(server, MODELS, 1, 100);
  const limit = 1;
  await putMonth(server, { limit });
  const calls = Array.from({ length: 10 }, async (_, index) => {
    const body = JSON.stringify({ endpoint, requests: renamed(6, `call-${index}`) });
    const init = { method: 'POST', headers: json, body };
    return (await answerOf(`${server.url}/api/batch/create`, init)).status;
  });
  const statuses = (await Promise.all(calls)).toSorted((a, b) => a - b);
  // 6,000 tokens are 30 cents.
  expect(statuses).toEqual([...Array<number>(3).fill(200), ...Array<number>(7).fill(402)]);
  const { budget } = await readMonth(server);
  expect(budget!.committed).toBeGreaterThan(0.9 * limit);
  expect(budget!.committed).toBeLessThanOrEqual(limit);
});

test.concurrent('without history the answers of chats cost, those of embeddings nothing, and none more than is kept', async () => {
  await using server = await startTestServer({ provider: { durations: SLOW } });
  await setPrices(server, ['gpt-4o-mini'], 2, 40_000);
  const [request] = mixedRequests(1);
  const { messages: _, ...body } = request!.body;
  const ask = (url: string, more: object) => ({ ...request!, url, body: { ...body, ...more } });
  const { messages } = request!.body;
  const costs: bigint[] = [];
  for (const one of [
    ask('/v1/embeddings', { input: [1, 2, 3] }),
    ask('/v1/moderations', { input: 'x'.repeat(12) }),
    ask(endpoint, { messages }),
    ask(endpoint, { messages, max_tokens: 100_000_000 }),
  ]) {
    const init = {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ endpoint: one.url, requests: [one] }),
    };
    const { status, body: answer } = await answerOf(`${server.url}/api/batch/create`, init);
    expect([status, answer.error]).toEqual([200, undefined]);
    const where = { batch_id: answer.batch.id as string };
    costs.push((await server.db.submission.findFirstOrThrow({ where })).estimated_cost!);
  }
  const [embedding, moderation, chat, longest] = costs;
  // Three tokens of a dollar a million.
  expect([embedding, moderation]).toEqual([30_000n, 30_000n]);
  expect(Number(chat) / UNITS).toBeCloseTo(20, 3);
  expect(longest).toBe(2n ** 53n);
});

test.concurrent('what is held is held after a restart, told of once, and can be cancelled', async () => {
  await using server = await startPriced();
  const { job } = await createHeld(server);
  await untilTold(server, 1);
  await server.restart();
  await untilHeld(server, job.id, 3);
  await wake(server, job.id);
  expect(await batchesAtProvider(server)).toEqual([]);
  await callJobs(server, `/${job.id}/cancel`, {});
  const ended = await untilEnded(server, job.id, PATIENCE_MS);
  expect([ended.job.status, countsOf(ended)]).toEqual(['cancelled', { total: 60, cancelled: 60 }]);
  expect(ended.job.budget).toMatchObject({ state: 'ok', held: 0 });
  expect(await told(server)).toHaveLength(1);
  const answer = await fetch(`${server.url}/api/jobs/${job.id}`, { method: 'DELETE' });
  expect(answer.status).toBe(200);
  expect(await server.db.budget.count()).toBe(0);
});

test.concurrent('what has no price is sent, whatever the budget, and shown as such', async () => {
  await using server = await startTestServer();
  const id = await createJob(server, mixedRequests(9, ['of-my-own']), { budget: { limit: NOTHING } });
  const view = await untilEnded(server, id, PATIENCE_MS);
  expect(countsOf(view)).toEqual({ total: 9, succeeded: 9 });
  expect(view.submissions[0]!.estimated_cost).toBe(null);
  expect(view.job.budget).toMatchObject({ state: 'ok', spent: 0, committed: 0 });
});

test.concurrent('a job that is held holds up no other, even behind hundreds of its batches', async () => {
  await using server = await startPriced({ provider: { durations: SLOW } });
  const { job } = await createHeld(server);
  const [first] = await server.db.submission.findMany({ where: { job_id: job.id }, take: 1 });
  const { id: _, ...row } = first!;
  await server.db.submission.createMany({
    data: Array.from({ length: 300 }, (__, index) => ({
      ...row,
      id: `sub_more${index}`,
      sequence: 10 + index,
      is_whole: false,
      wait_reason: null,
      status: 'planned',
    })),
  });
  const other = await createJob(server, 5);
  await untilHeld(server, other, 0);
  const held = { wait_reason: 'job_budget', status: 'waiting_for_capacity' };
  await waitFor(
    () => server.db.submission.count({ where: held }),
    (count) => count === 303,
  );
  expect((await getJob(server, job.id)).job.budget!.held).toBe(303);
});

test.concurrent('what is tried again counts for the budget of its job', async () => {
  await using server = await startPriced();
  // Each batch takes a fault, whether it has the request or not.
  server.local.faults.add({ kind: 'row_fail', customId: 'request-1', statusCode: 500, times: 3 });
  const { job, submissions } = await createHeld(server, mixedRequests(30, MODELS));
  const all = submissions.reduce((sum, { estimated_cost }) => sum + estimated_cost!, 0);
  await putJob(server, job.id, { limit: Number((all * 5).toFixed(6)) });
  const ended = await untilEnded(server, job.id, PATIENCE_MS);
  expect(countsOf(ended)).toEqual({ total: 30, succeeded: 30 });
  const batches = await server.db.batch.findMany({ where: { job_id: job.id } });
  expect(batches).toHaveLength(4);
  const spent = batches.reduce((sum, { cost }) => sum + Number(cost ?? 0n), 0) / UNITS;
  expect(ended.job.budget!.spent).toBeCloseTo(spent, 9);
});
