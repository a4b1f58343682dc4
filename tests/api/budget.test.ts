import type { BudgetInput, Job, MonthBudget } from '@batchdesk/shared';
import type { AppRouter } from '@batchdesk/server/router';
import { createTRPCClient, httpLink } from '@trpc/client';
import { describe, expect, test } from 'vitest';
import { answerOf, file, form, json } from '../helpers/http.ts';
import { untilEnded } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createRestJobClient, createTrpcJobClient } from './job-clients.ts';
import type { JobClient } from './job-clients.ts';
import { errorOf } from './transports.ts';

const endpoint = '/v1/chat/completions';
const BUDGET = { limit: 12.5, warn_at: 0.5, at_limit: 'warn' as const };
const UNUSED = { spent: 0, committed: 0, state: 'ok', held: 0 };

/** What both ways into the server can do with budgets. */
interface BudgetClient {
  get(): Promise<MonthBudget>;
  set(budget: BudgetInput | null): Promise<MonthBudget>;
  setOfJob(jobId: string, budget: BudgetInput | null): Promise<Job>;
}

function put(url: string, path: string, body: unknown) {
  return answerOf(`${url}/api/${path}`, { method: 'PUT', headers: json, body: JSON.stringify(body) });
}

function connectRest(url: string): BudgetClient {
  const read = async ({ status, body }: Awaited<ReturnType<typeof answerOf>>) => {
    const { success, ...answer } = body;
    expect([status, success]).toEqual([200, true]);
    return answer;
  };
  return {
    get: async () => read(await answerOf(`${url}/api/budget`)),
    set: async (budget) => read(await put(url, 'budget', { budget })),
    setOfJob: async (id, budget) => (await read(await put(url, `jobs/${id}/budget`, { budget }))).job,
  };
}

function connectTrpc(url: string): BudgetClient {
  const { budget, job } = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc` })] });
  return {
    get: () => budget.get.query(),
    set: (value) => budget.set.mutate({ budget: value }),
    setOfJob: (job_id, value) => job.setBudget.mutate({ job_id, budget: value }),
  };
}

describe.each<[string, (url: string) => BudgetClient, (url: string) => JobClient]>([
  ['REST', connectRest, createRestJobClient],
  ['tRPC', connectTrpc, createTrpcJobClient],
])('over %s', (_name, connect, connectJobs) => {
  test('the budget of the month is set, shown and removed', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const month = new Date().toISOString().slice(0, 7);
    expect(await api.get()).toEqual({ month, spent: 0, unpriced_batches: 0, budget: null });
    const set = { month, spent: 0, unpriced_batches: 0, budget: { ...BUDGET, ...UNUSED } };
    expect(await api.set(BUDGET)).toEqual(set);
    expect(await api.get()).toEqual(set);
    const defaults = { limit: 0.000001, warn_at: 0.8, at_limit: 'hold' };
    expect((await api.set({ limit: 0.000001 })).budget).toEqual({ ...defaults, ...UNUSED });
    expect(await api.set(null)).toEqual({ month, spent: 0, unpriced_batches: 0, budget: null });
  });

  test('a job is made with a budget, or given one later, when it has ended too', async () => {
    await using server = await startTestServer();
    const [api, jobs] = [connect(server.url), connectJobs(server.url)];
    const requests = chatRequests(2);
    const made = await jobs.create({ endpoint, requests, budget: BUDGET });
    expect(made.budget).toMatchObject(BUDGET);
    const bare = await jobs.create({ endpoint, requests: chatRequests(3) });
    expect(bare.budget).toBe(null);
    await untilEnded(server, bare.id);
    expect((await api.setOfJob(bare.id, { limit: 3 })).budget).toMatchObject({ limit: 3, state: 'ok' });
    const { job } = await jobs.get(bare.id);
    expect(job.budget!.spent).toBe(job.cost.amount);
    const list = await jobs.list();
    expect(list.data.map(({ id, budget }) => [id, budget?.limit])).toEqual(
      expect.arrayContaining([
        [bare.id, 3],
        [made.id, 12.5],
      ]),
    );
    expect((await api.setOfJob(bare.id, null)).budget).toBe(null);
    await jobs.delete(bare.id);
    expect(await server.db.budget.findMany({ select: { scope: true } })).toEqual([{ scope: made.id }]);
  });

  test('create is refused with 402, in plain dollars, and may be repeated under its key', async () => {
    await using server = await startTestServer();
    const [api, jobs] = [connect(server.url), connectJobs(server.url)];
    const create = () => jobs.createBatch({ endpoint, requests: chatRequests(50) }, 'key');
    await api.set({ limit: 0.000002 });
    const { status, error } = await errorOf(create());
    expect([status, error.code]).toEqual([402, 'budget_exceeded']);
    expect(error.details).toEqual({
      // 350 tokens of prompts; answers of 1,000 each, as nobody knows better. At half of 0.15 and 0.60 dollars a million.
      expected: '0.01502625',
      limit: '0.000002',
    });
    expect(error.message).toContain(`about ${String(error.details!['expected'])} dollars`);
    expect(await server.db.job.count()).toBe(0);
    await api.set({ limit: 1 });
    const batch = await create();
    expect((await create()).id).toBe(batch.id);
  });
});

const bad: [unknown, string][] = [
  [{}, 'budget'],
  [{ budget: 5 }, 'budget'],
  [{ budget: {} }, 'budget.limit'],
  [{ budget: { limit: 0 } }, 'budget.limit'],
  [{ budget: { limit: -1 } }, 'budget.limit'],
  [{ budget: { limit: '5' } }, 'budget.limit'],
  [{ budget: { limit: 1e10 } }, 'budget.limit'],
  [{ budget: { limit: 5, warn_at: 0 } }, 'budget.warn_at'],
  [{ budget: { limit: 5, warn_at: 1.1 } }, 'budget.warn_at'],
  [{ budget: { limit: 5, at_limit: 'stop' } }, 'budget.at_limit'],
  [{ budget: { limit: 5, month: '2026-11' } }, 'budget.month'],
];

test('what is no budget is refused, whichever door it comes through', async () => {
  await using server = await startTestServer();
  const { url } = server;
  for (const [body, param] of bad) {
    for (const path of ['budget', 'jobs/job_none/budget']) {
      const answer = await put(url, path, body);
      expect([answer.status, answer.body.error.param], JSON.stringify(body)).toEqual([400, param]);
    }
    const { budget } = body as { budget?: unknown };
    if (budget === undefined) continue;
    const post = { endpoint, requests: chatRequests(1), budget };
    const init = { method: 'POST', headers: json, body: JSON.stringify(post) };
    const answer = await answerOf(`${url}/api/jobs`, init);
    expect([answer.status, answer.body.error.param], JSON.stringify(body)).toEqual([400, param]);
  }
  expect(await server.db.job.count()).toBe(0);
  expect(await server.db.budget.count()).toBe(0);
  const unknown = await put(url, 'jobs/job_none/budget', { budget: { limit: 5 } });
  expect([unknown.status, unknown.body.error.code]).toEqual([404, 'job_not_found']);
});

test('a job takes its budget from a form and from an address as well', async () => {
  await using server = await startTestServer();
  const jobs = `${server.url}/api/jobs`;
  const jsonl = toJsonl(chatRequests(2));
  const budget = JSON.stringify(BUDGET);
  const body = form([
    ['endpoint', endpoint],
    ['budget', budget],
    ['file', file(jsonl), 'input.jsonl'],
  ]);
  const fromForm = await answerOf(jobs, { method: 'POST', body });
  expect(fromForm.body.job.budget).toMatchObject(BUDGET);
  const headers = { 'content-type': 'application/jsonl' };
  const query = new URLSearchParams({ endpoint, budget });
  const plain = await answerOf(`${jobs}?${query}`, { method: 'POST', headers, body: jsonl });
  expect(plain.body.job.budget).toMatchObject(BUDGET);
  query.set('budget', 'five');
  const wrong = await answerOf(`${jobs}?${query}`, { method: 'POST', headers, body: jsonl });
  expect([wrong.status, wrong.body.error.param]).toEqual([400, 'budget']);
});

test('the same key with another budget is another call', async () => {
  await using server = await startTestServer();
  const jobs = createRestJobClient(server.url);
  const call = { endpoint, requests: chatRequests(1) } as const;
  const job = await jobs.create({ ...call, budget: BUDGET }, 'key');
  expect((await jobs.create({ ...call, budget: BUDGET }, 'key')).id).toBe(job.id);
  expect((await errorOf(jobs.create({ ...call, budget: { limit: 1 } }, 'key'))).error.code).toBe(
    'idempotency_key_reused',
  );
});

test('an input that only the provider has goes through until nothing is left', async () => {
  await using server = await startTestServer();
  const { url, db, local } = server;
  const upload = form([
    ['purpose', 'batch'],
    ['file', file(toJsonl(chatRequests(2))), 'input.jsonl'],
  ]);
  const headers = { authorization: `Bearer ${local.apiKey}` };
  const { body: sent } = await answerOf(`${local.url}/files`, { method: 'POST', headers, body: upload });
  const create = () =>
    answerOf(`${url}/api/batch/create`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ endpoint, input_file_id: sent.id }),
    });
  await put(url, 'budget', { budget: { limit: 0.000001 } });
  expect((await create()).status).toBe(200);
  await waitFor(
    async () => (await answerOf(`${url}/api/budget`)).body.spent as number,
    (spent) => spent > 0.000001,
  );
  const refused = await create();
  expect([refused.status, refused.body.error.code]).toEqual([402, 'budget_exceeded']);
  expect(await db.job.count()).toBe(1);
  await put(url, 'budget', { budget: { limit: 0.000001, at_limit: 'warn' } });
  expect((await create()).status).toBe(200);
});
