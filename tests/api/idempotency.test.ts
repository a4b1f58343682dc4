import { expect, test } from 'vitest';
import { callJobs, getJob, runJob } from '../helpers/jobs.ts';
import { answerOf, json } from '../helpers/http.ts';
import { chatRequests } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createRestJobClient } from './job-clients.ts';
import { errorOf } from './transports.ts';

const endpoint = '/v1/chat/completions';
const CALLS = 6;

/** Sets the budget of the month; what is committed of it. */
async function setBudget({ url }: TestServer, limit: number): Promise<number> {
  const body = JSON.stringify({ budget: { limit, at_limit: 'hold' } });
  const answer = await answerOf(`${url}/api/budget`, { method: 'PUT', headers: json, body });
  expect(answer.status).toBe(200);
  return answer.body.budget.committed;
}

test('more requests than a batch takes are refused under a used key, too', async () => {
  await using server = await startTestServer();
  const api = createRestJobClient(server.url);
  const requests = chatRequests(50_001);
  const { id } = await api.createBatch({ endpoint, requests: requests.slice(0, 50_000) }, 'night');
  const { status, error } = await errorOf(api.createBatch({ endpoint, requests }, 'night'));
  expect([status, error.code]).toEqual([400, 'invalid_input']);
  expect((await api.createBatch({ endpoint, requests: requests.slice(0, 50_000) }, 'night')).id).toBe(id);
});

test('calls at once with one key give one batch, though the budget has room for no second', async () => {
  await using server = await startTestServer({
    provider: { durations: { ...AT_ONCE, inProgressMs: 600_000 } },
  });
  const api = createRestJobClient(server.url);
  // To read its file again takes a while: all calls are on their way before the first has taken its room.
  const { input_file_id } = await api.createBatch({ endpoint, requests: chatRequests(5_000) });
  const cost = await setBudget(server, 1_000);
  expect(cost).toBeGreaterThan(0);
  await setBudget(server, cost * 2.5);
  const calls = Array.from({ length: CALLS }, () => api.createBatch({ endpoint, input_file_id }, 'once'));
  const batches = await Promise.all(calls);
  expect(new Set(batches.map(({ id }) => id)).size).toBe(1);
  expect((await errorOf(api.createBatch({ endpoint, input_file_id }, 'other'))).error.code).toBe(
    'budget_exceeded',
  );
});

test('retries at once with one key send what failed again once', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_fail', customId: '*', statusCode: 400, times: 1 });
  const { job } = await runJob(server, chatRequests(3_000), { retry: { attempts: 1 } });
  const headers = { ...json, 'idempotency-key': 'again' };
  const retry = () =>
    fetch(`${server.url}/api/jobs/${job.id}/retry`, { method: 'POST', headers, body: '{}' });
  const answers = await Promise.all(Array.from({ length: CALLS }, retry));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: CALLS }, () => 200));
  expect((await getJob(server, job.id)).submissions).toHaveLength(2);
  await expect(callJobs(server, `/${job.id}/retry`, {})).rejects.toThrow('nothing_to_retry');
});
