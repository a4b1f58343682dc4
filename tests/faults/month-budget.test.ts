import { expect, test } from 'vitest';
import { answerOf, json } from '../helpers/http.ts';
import { countsOf, createJob, getJob, mixedRequests, untilEnded } from '../helpers/jobs.ts';
import { waitFor } from '../helpers/wait-for.ts';
import {
  MODELS,
  NOTHING,
  PATIENCE_MS,
  SLOW,
  UNITS,
  create,
  endpoint,
  putMonth,
  readMonth,
  renamed,
  startPriced,
  told,
  untilHeld,
  untilTold,
  wake,
} from './budget-helpers.ts';

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
