import type { BudgetInput, Job, MonthBudget } from '@batchdesk/shared';
import { expect } from 'vitest';
import { answerOf, json } from '../helpers/http.ts';
import { callJobs, createJob, getJob, mixedRequests } from '../helpers/jobs.ts';
import type { JobView } from '../helpers/jobs.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer, TestServerOptions } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

export const endpoint = '/v1/chat/completions';
export const MODELS = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1-nano'];
/** What runs does not end within a test. */
export const SLOW = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
/** So little that nothing may be sent. */
export const NOTHING = 0.000001;
export const UNITS = 1e10;
/** Servers of other tests run at the same time. */
export const PATIENCE_MS = 40_000;

/** Prices of each model, in US dollars per 1,000,000 tokens. */
export async function setPrices(
  { db }: TestServer,
  models: string[],
  input: number,
  output: number,
): Promise<void> {
  const more = { cached_input: null, output, batch_share: 0.5, long_context: null, effective_from: null };
  await db.price.createMany({
    data: models.map((model) => ({ price: JSON.stringify({ model, input, ...more }), is_own: true })),
  });
}

/** A server whose models cost much, and their answers nothing. */
export async function startPriced(options?: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options);
  await setPrices(server, MODELS, 2_000, 0);
  return server;
}

export async function put<T>(server: TestServer, path: string, budget: BudgetInput | null): Promise<T> {
  const init = { method: 'PUT', headers: json, body: JSON.stringify({ budget }) };
  const { status, body } = await answerOf(`${server.url}/api/${path}`, init);
  expect(status).toBe(200);
  return body as T;
}

export const putMonth = (server: TestServer, budget: BudgetInput | null) =>
  put<MonthBudget>(server, 'budget', budget);
export const putJob = async (server: TestServer, id: string, budget: BudgetInput | null) =>
  (await put<{ job: Job }>(server, `jobs/${id}/budget`, budget)).job;

export async function readMonth({ url }: TestServer): Promise<MonthBudget> {
  return (await answerOf(`${url}/api/budget`)).body as MonthBudget;
}

/** Why the submissions of a job wait; null for those that do not. */
export const reasonsOf = ({ submissions }: JobView) =>
  submissions.map(({ waiting }) => waiting?.reason ?? null);

/** Waits until this many submissions of a job are held, and no other one waits. */
export function untilHeld(
  server: TestServer,
  id: string,
  count: number,
  reason = 'job_budget',
): Promise<JobView> {
  return waitFor(
    () => getJob(server, id),
    (view) =>
      reasonsOf(view).filter((each) => each === reason).length === count &&
      view.submissions.filter(({ batch_id }) => batch_id !== null).length === view.submissions.length - count,
  );
}

export async function createHeld(
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
export function untilTold(server: TestServer, count: number) {
  return waitFor(
    () => told(server),
    (events) => events.length === count,
    PATIENCE_MS,
  );
}

/** What is told of budgets, in order. */
export async function told({
  db,
}: TestServer): Promise<{ type: string; data: any; job_id: string | null }[]> {
  const rows = await db.event.findMany({
    where: { type: { startsWith: 'budget.' } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ type, data, job_id }) => ({ type, data: JSON.parse(data!), job_id }));
}

export function create(server: TestServer, count: number, key?: string) {
  const body = JSON.stringify({ endpoint, requests: mixedRequests(count) });
  const headers = key === undefined ? json : { ...json, 'idempotency-key': key };
  return answerOf(`${server.url}/api/batch/create`, { method: 'POST', headers, body });
}

/** Requests of equal length and other content. */
export function renamed(count: number, prefix: string) {
  const requests = mixedRequests(count);
  for (const request of requests) request.custom_id = `${prefix}-${request.custom_id}`;
  return requests;
}

/** The server looks at what is due when somebody has asked for something, here for nothing. */
export async function wake(server: TestServer, id: string): Promise<void> {
  await callJobs(server, `/${id}/retry`, { codes: ['none'] }).catch(() => {});
}
