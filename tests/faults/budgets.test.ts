import type { BudgetInput, BudgetState, Job, MonthBudget } from '@batchdesk/shared';
import { expect, test, vi } from 'vitest';
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
import type { JobView } from '../helpers/jobs.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer, TestServerOptions } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';
const MODELS = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1-nano'];
/** What runs does not end within a test. */
const SLOW = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
/** So little that nothing may be sent. */
const NOTHING = 0.000001;
const UNITS = 1e10;
/** Servers of other tests run at the same time. */
const PATIENCE_MS = 40_000;

vi.setConfig({ testTimeout: 90_000 });

/** Prices of each model, in US dollars per 1,000,000 tokens. */
async function setPrices({ db }: TestServer, models: string[], input: number, output: number): Promise<void> {
  const more = { cached_input: null, output, batch_share: 0.5, long_context: null, effective_from: null };
  await db.price.createMany({
    data: models.map((model) => ({ price: JSON.stringify({ model, input, ...more }), is_own: true })),
  });
}

/** A server whose models cost much, and their answers nothing. */
async function startPriced(options?: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options);
  await setPrices(server, MODELS, 2_000, 0);
  return server;
}

async function put<T>(server: TestServer, path: string, budget: BudgetInput | null): Promise<T> {
  const init = { method: 'PUT', headers: json, body: JSON.stringify({ budget }) };
  const { status, body } = await answerOf(`${server.url}/api/${path}`, init);
  expect(status).toBe(200);
  return body as T;
}

const putMonth = (server: TestServer, budget: BudgetInput | null) =>
  put<MonthBudget>(server, 'budget', budget);
const putJob = async (server: TestServer, id: string, budget: BudgetInput | null) =>
  (await put<{ job: Job }>(server, `jobs/${id}/budget`, budget)).job;

async function readMonth({ url }: TestServer): Promise<MonthBudget> {
  return (await answerOf(`${url}/api/budget`)).body as MonthBudget;
}

/** Why the submissions of a job wait; null for those that do not. */
const reasonsOf = ({ submissions }: JobView) => submissions.map(({ waiting }) => waiting?.reason ?? null);

/** Waits until this many submissions of a job are held, and no other one waits. */
function untilHeld(server: TestServer, id: string, count: number, reason = 'job_budget'): Promise<JobView> {
  return waitFor(
    () => getJob(server, id),
    (view) =>
      reasonsOf(view).filter((each) => each === reason).length === count &&
      view.submissions.filter(({ batch_id }) => batch_id !== null).length === view.submissions.length - count,
  );
}

async function createHeld(
  server: TestServer,
  requests = mixedRequests(60, MODELS),
  count = 3,
): Promise<JobView> {
  const id = await createJob(server, requests, { budget: { limit: NOTHING } });
  const view = await untilHeld(server, id, count);
  await untilTold(server, 1);
  return view;
}

/** Waits until so much is told of budgets. */
function untilTold(server: TestServer, count: number) {
  return waitFor(
    () => told(server),
    (events) => events.length === count,
    PATIENCE_MS,
  );
}

/** What is told of budgets, in order. */
async function told({ db }: TestServer): Promise<{ type: string; data: any; job_id: string | null }[]> {
  const rows = await db.event.findMany({
    where: { type: { startsWith: 'budget.' } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ type, data, job_id }) => ({ type, data: JSON.parse(data!), job_id }));
}

function create(server: TestServer, count: number, key?: string) {
  const body = JSON.stringify({ endpoint, requests: mixedRequests(count) });
  const headers = key === undefined ? json : { ...json, 'idempotency-key': key };
  return answerOf(`${server.url}/api/batch/create`, { method: 'POST', headers, body });
}

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

test.concurrent('the budget of the month holds jobs, and create is refused before anything is sent', async () => {
  await using server = await startPriced({ provider: { durations: SLOW } });
  expect(await putMonth(server, { limit: NOTHING })).toMatchObject({ spent: 0, budget: { state: 'ok' } });
  const id = await createJob(server, mixedRequests(60, MODELS));
  const held = await untilHeld(server, id, 3, 'month_budget');
  const now = new Date();
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) / 1_000;
  expect(held.submissions.map(({ waiting }) => waiting)).toEqual(
    MODELS.map(() => ({ reason: 'month_budget', position: null, until: next })),
  );
  expect(held.job.budget).toBe(null);
  const month = now.toISOString().slice(0, 7);
  expect(await readMonth(server)).toMatchObject({ month, budget: { state: 'reached', held: 3 } });

  const refused = await create(server, 20, 'once');
  expect([refused.status, refused.body.error.code]).toEqual([402, 'budget_exceeded']);
  expect(refused.body.error.details).toEqual({
    expected: expect.stringMatching(/^0\.\d{1,4}$/),
    limit: '0.000001',
  });
  expect(server.local.faults.calls().filter(({ operation }) => operation !== 'batches.list')).toEqual([]);
  expect(await server.db.job.count()).toBe(1);
  const events = await waitFor(
    () => told(server),
    (list) => list.length > 0,
  );
  expect(events).toEqual([
    { type: 'budget.reached', job_id: null, data: { scope: 'month', month, limit: NOTHING, committed: 0 } },
  ]);

  await putMonth(server, { limit: 1_000 });
  await untilHeld(server, id, 0);
  const taken = await create(server, 20, 'once');
  expect(taken.status).toBe(200);
  expect((await create(server, 20, 'once')).body.batch.id).toBe(taken.body.batch.id);
  const costs = await server.db.submission.findMany({ select: { estimated_cost: true } });
  const sum = costs.reduce((total, { estimated_cost }) => total + Number(estimated_cost), 0);
  expect((await readMonth(server)).budget!.committed).toBeCloseTo(sum / UNITS, 6);
  // Under a budget that only warns it goes through.
  await putMonth(server, { limit: NOTHING, at_limit: 'warn' });
  expect((await create(server, 21)).status).toBe(200);
});

test.concurrent('calls at the same time do not spend the same money', async () => {
  await using server = await startPriced({ provider: { durations: SLOW } });
  const first = await create(server, 30);
  expect(first.status).toBe(200);
  const { estimated_cost } = await server.db.submission.findFirstOrThrow();
  await putMonth(server, { limit: Number(((Number(estimated_cost) / UNITS) * 3.5).toFixed(6)) });
  const jobs = [1, 2].map((index) => createJob(server, renamed(30, `job-${index}`)));
  const calls = [1, 2, 3].map(async (index) => {
    const body = JSON.stringify({ endpoint, requests: renamed(30, `call-${index}`) });
    const init = { method: 'POST', headers: json, body };
    return (await answerOf(`${server.url}/api/batch/create`, init)).status;
  });
  const ids = await Promise.all(jobs);
  const statuses = await Promise.all(calls);
  const views = await waitFor(
    () => Promise.all(ids.map((id) => getJob(server, id))),
    (list) =>
      list.every(
        ({ submissions: [one] }) => one!.batch_id !== null || one!.waiting?.reason === 'month_budget',
      ),
  );
  const sent = views.filter(({ submissions: [one] }) => one!.batch_id !== null).length;
  expect(sent + statuses.filter((status) => status === 200).length).toBe(2);
  expect(statuses.every((status) => status === 200 || status === 402)).toBe(true);
  const { budget } = await readMonth(server);
  expect(budget!.committed).toBeLessThanOrEqual(budget!.limit);
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

/** Requests of equal length and other content. */
function renamed(count: number, prefix: string) {
  const requests = mixedRequests(count);
  for (const request of requests) request.custom_id = `${prefix}-${request.custom_id}`;
  return requests;
}

test.concurrent('a new month lets go by itself what the last one held', async () => {
  await using server = await startPriced();
  expect((await create(server, 30)).status).toBe(200);
  await waitFor(
    () => readMonth(server),
    ({ spent }) => spent > 0,
  );
  await putMonth(server, { limit: NOTHING });
  const id = await createJob(server, 30);
  const held = await untilHeld(server, id, 1, 'month_budget');
  // Room for it alone.
  const limit = Number((held.submissions[0]!.estimated_cost! * 1.01).toFixed(6));
  await putMonth(server, { limit });
  await untilHeld(server, id, 1, 'month_budget');
  // As if the other one had been created a month ago.
  await server.db.$executeRaw`UPDATE batches SET created_at = created_at - 31 * 86400`;
  await wake(server, id);
  expect(countsOf(await untilEnded(server, id, PATIENCE_MS))).toEqual({ total: 30, succeeded: 30 });
  const { spent, budget } = await readMonth(server);
  expect([spent, budget!.committed, budget!.held]).toEqual([budget!.spent, budget!.spent, 0]);
});

/** The server looks at what is due when somebody has asked for something, here for nothing. */
async function wake(server: TestServer, id: string): Promise<void> {
  await callJobs(server, `/${id}/retry`, { codes: ['none'] }).catch(() => {});
}

test.concurrent('what is told of a month is told again of the next', async () => {
  await using server = await startPriced({ provider: { durations: SLOW } });
  await putMonth(server, { limit: NOTHING });
  const id = await createJob(server, 30);
  await untilHeld(server, id, 1, 'month_budget');
  await untilTold(server, 1);
  await server.db.budget.update({ where: { scope: 'month' }, data: { noted: '2020-01 warned reached' } });
  await wake(server, id);
  const events = await untilTold(server, 2);
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['budget.reached']));
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
