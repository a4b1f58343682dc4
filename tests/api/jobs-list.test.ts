import { createHash } from 'node:crypto';
import { JOB_SORTS, JOB_STATES } from '@batchdesk/shared';
import type { Job, JobState } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { createBatch, createClient } from '../local-provider/helpers.ts';
import { mixedRequests } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createRestJobClient, createTrpcJobClient } from './job-clients.ts';
import type { JobClient } from './job-clients.ts';
import { createRestClient, errorOf } from './transports.ts';

const endpoint = '/v1/chat/completions';
const NO_END = { ...AT_ONCE, inProgressMs: 600_000 };
const NONE = Object.fromEntries(JOB_STATES.map((state) => [state, 0]));

/** Waits until a job is in a state, and sees that the list and the counts say the same. */
async function until(api: JobClient, id: string, state: JobState): Promise<Job> {
  const { job } = await waitFor(
    () => api.get(id),
    (answer) => answer.job.state === state,
  );
  expect((await api.list({ state })).data.map((listed) => listed.id)).toContain(id);
  expect((await api.counts()).by_state[state]).toBeGreaterThan(0);
  return job;
}

async function setLimit(server: TestServer, enqueued_tokens: number): Promise<void> {
  const answer = await fetch(`${server.url}/api/limits`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o-mini', enqueued_tokens }),
  });
  expect(answer.status).toBe(200);
}

describe.each([
  ['REST', createRestJobClient],
  ['tRPC', createTrpcJobClient],
])('over %s', (_name, connect) => {
  test.concurrent('a job that waits, runs and is cancelled', async () => {
    await using server = await startTestServer({ provider: { durations: NO_END } });
    const api = connect(server.url);
    const first = await api.create({ endpoint, requests: chatRequests(3) });
    const running = await until(api, first.id, 'in_progress');
    expect(running).toMatchObject({ batch_count: 1, models: ['gpt-4o-mini'], waiting: null });
    const { batch } = await createRestClient(server.url).get(running.batch_ids[0]!);
    expect(running.expires_at).toBe(batch.expires_at);
    expect(running).not.toHaveProperty('stuck');

    await setLimit(server, 1);
    const second = await api.create({ endpoint, requests: chatRequests(3) });
    const waits = await waitFor(
      () => api.get(second.id),
      ({ job }) => job.waiting !== null,
    );
    expect(waits.job).toMatchObject({ state: 'waiting', batch_count: 0, expires_at: null });
    expect(waits.job.waiting).toEqual({ reason: 'token_limit', until: null });
    expect(await api.counts()).toEqual({
      success: true,
      total: 2,
      by_state: { ...NONE, waiting: 1, in_progress: 1 },
    });

    await api.cancel(first.id);
    await until(api, first.id, 'cancelled');
    await until(api, second.id, 'in_progress');
  });

  test.concurrent('what the provider has answered is told before the results are here', async () => {
    const durations = { ...NO_END, inProgressMs: 60_000 };
    await using server = await startTestServer({ provider: { durations } });
    const api = connect(server.url);
    const { id } = await api.create({ endpoint, requests: chatRequests(600) });
    const { job } = await waitFor(
      () => api.get(id),
      (known) => known.job.answered.completed > 0,
    );
    expect(job.counts).toMatchObject({ total: 600, submitted: 600, succeeded: 0 });
    expect(job.answered.completed + job.answered.failed).toBeLessThanOrEqual(600);
    expect(job.batch_id).toBe(job.batch_ids[0]);
    const [listed] = (await api.list({})).data;
    expect(listed!.answered.completed).toBeGreaterThanOrEqual(job.answered.completed);

    await api.cancel(id);
    const ended = await waitFor(
      () => api.get(id),
      (known) => known.job.status === 'cancelled',
    );
    expect(ended.job.answered).toEqual({ completed: 0, failed: 0 });
    expect(ended.job.counts.submitted).toBe(0);
  });

  test.concurrent('a job of one batch has the state of its batch', async () => {
    await using server = await startTestServer({
      provider: { durations: { ...AT_ONCE, inProgressMs: 100 } },
    });
    const api = connect(server.url);
    server.local.faults.add({ kind: 'batch_failed', errors: [{ code: 'server_error', message: 'No.' }] });
    const { job_id: failedId } = await api.createBatch({ endpoint, requests: chatRequests(2) });
    const failed = await until(api, failedId, 'failed');
    expect(failed).toMatchObject({ status: 'completed', counts: { failed: 2 } });
    expect((await api.list({ has_errors: true })).data).toEqual([failed]);

    await api.retry(failedId);
    const retried = await until(api, failedId, 'completed');
    expect(retried).toMatchObject({ batch_count: 2, counts: { succeeded: 2 } });
    expect((await api.list({ has_errors: true })).data).toEqual([]);
    expect((await api.list({ has_errors: false })).data).toEqual([retried]);
  });

  test.concurrent('a batch that expires, and one that is cancelled by itself', async () => {
    await using server = await startTestServer({
      provider: { durations: NO_END, completionWindowMs: 4_000 },
    });
    const api = connect(server.url);
    const { job_id: expiring } = await api.createBatch({ endpoint, requests: chatRequests(1) });
    const { job_id: cancelled, id } = await api.createBatch({ endpoint, requests: chatRequests(1) });
    await until(api, cancelled, 'in_progress');
    await createRestClient(server.url).cancel(id);
    expect(await until(api, cancelled, 'cancelled')).toMatchObject({ status: 'completed' });
    expect(await until(api, expiring, 'expired')).toMatchObject({ status: 'completed' });
  });

  test.concurrent('requests that failed make errors of a job that completed, until they succeed', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    server.local.faults.add({
      kind: 'row_fail',
      customId: 'request-2',
      statusCode: 400,
      code: 'too_long',
    });
    const requests = mixedRequests(5, ['gpt-4o-mini', 'gpt-4o', 'gpt-4o-mini']);
    const { id } = await api.create({ endpoint, requests, name: 'Night run' });
    const done = await waitFor(
      () => api.get(id),
      ({ job }) => job.finished_at !== null,
    );
    expect(done.job).toMatchObject({ state: 'completed', models: ['gpt-4o-mini', 'gpt-4o'], batch_count: 2 });
    expect(done.job.usage!.total_tokens).toBe(done.job.usage!.input_tokens + done.job.usage!.output_tokens);
    expect(done.job.usage!.output_tokens).toBeGreaterThan(0);
    const bytes = Buffer.from(toJsonl(requests));
    expect(done.job.input_bytes).toBe(bytes.length);
    expect(done.job.input_sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await api.list({ has_errors: true })).data).toEqual([done.job]);
    server.local.faults.clear();
    await api.retry(id);
    await waitFor(
      () => api.list({ has_errors: false, state: 'completed' }),
      ({ data }) => data.length === 1,
    );
  });

  test.concurrent('a job whose batch was made elsewhere', async () => {
    await using server = await startTestServer({ provider: { durations: NO_END } });
    const client = createClient(server.local);
    const made = await createBatch(client, chatRequests(2));
    await createRestClient(server.url).list({ source: 'api' });
    const api = connect(server.url);
    const [job] = (await api.list({ kind: 'imported' })).data;
    expect(job).toMatchObject({ batch_ids: [made.id], input_sha256: null, input_bytes: null });
    await client.batches.cancel(made.id);
    await waitFor(
      () => createRestClient(server.url).get(made.id, true),
      ({ batch }) => batch.status === 'cancelled',
    );
    await until(api, job!.id, 'cancelled');
  });

  test.concurrent('jobs are filtered, sorted and counted', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const ids: string[] = [];
    for (const [index, team] of ['search', 'support', 'search'].entries()) {
      const body = {
        endpoint,
        requests: chatRequests(3 - index),
        metadata: { team },
        name: `Run ${index}`,
      } as const;
      ids.push((await api.create(body)).id);
    }
    await waitFor(
      () => api.counts(),
      ({ by_state }) => by_state.completed === 3,
    );
    const list = async (query: Parameters<JobClient['list']>[0]) =>
      (await api.list(query)).data.map(({ id }) => id);
    expect(await list({ sort: 'requests' })).toEqual(ids);
    expect(await list({ sort: 'requests', order: 'asc' })).toEqual(ids.toReversed());
    expect(await list({ sort: 'cost', order: 'asc', limit: 2 })).toEqual([ids[2], ids[1]]);
    expect(await list({ sort: 'cost', order: 'asc', after: ids[1]! })).toEqual([ids[0]]);
    expect(await list({ sort: 'requests', metadata: 'team=search' })).toEqual([ids[0], ids[2]]);
    expect(await list({ metadata: 'project' })).toEqual([]);
    expect(await list({ q: 'run 1' })).toEqual([ids[1]]);
    const [job] = (await api.list({ q: ids[2]! })).data;
    expect(await list({ q: job!.batch_ids[0]! })).toEqual([ids[2]]);
    expect(await list({ input_sha256: job!.input_sha256! })).toEqual([ids[2]]);
    expect(await list({ model: 'gpt-4o' })).toEqual([]);
    expect(await list({ created_before: 1 })).toEqual([]);
    const counts = await api.counts({ metadata: 'team=search', model: 'gpt-4o-mini', q: 'run' });
    expect(counts).toEqual({ success: true, total: 2, by_state: { ...NONE, completed: 2 } });
    expect(await api.counts({ endpoint: '/v1/embeddings' })).toEqual({
      success: true,
      total: 0,
      by_state: NONE,
    });
    expect((await api.counts({ kind: 'job', status: 'completed' })).total).toBe(3);
  });

  test.concurrent('the pages go on when the last job of one is deleted', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    for (const index of [1, 2, 3, 4]) await api.create({ endpoint, requests: chatRequests(index) });
    await waitFor(
      () => api.counts(),
      ({ by_state }) => by_state.completed === 4,
    );
    for (const index of [5, 6]) {
      const { id } = await api.create({ endpoint, requests: chatRequests(index) });
      // As one that has not ended.
      await waitFor(
        () => api.get(id),
        ({ job }) => job.state === 'completed',
      );
      await server.db.job.update({ where: { id }, data: { finished_at: null, cost: null } });
    }
    for (const sort of JOB_SORTS) {
      for (const order of ['asc', 'desc'] as const) {
        const all = (await api.list({ sort, order })).data;
        const seen: Job[] = [];
        for (let after: string | undefined; ;) {
          const page = await api.list({ sort, order, limit: 1, ...(after && { after }) });
          seen.push(...page.data);
          expect(page.has_more).toBe(page.next !== null);
          if (page.next === null) break;
          after = page.next;
        }
        expect(seen.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      }
    }
    const first = await api.list({ sort: 'cost', limit: 2 });
    const rest = await api.list({ sort: 'cost', after: first.next! });
    expect(await api.list({ sort: 'cost', after: first.last_id! })).toEqual(rest);
    await server.db.job.delete({ where: { id: first.last_id! } });
    expect(await api.list({ sort: 'cost', after: first.next! })).toEqual(rest);
    const { error } = await errorOf(api.list({ after: first.last_id! }));
    expect(error.param).toBe('after');
  });

  test.concurrent('what is no filter is refused', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    for (const [query, param] of [
      [{ state: 'done' }, 'state'],
      [{ sort: 'name' }, 'sort'],
      [{ order: 'down' }, 'order'],
      [{ limit: 101 }, 'limit'],
      [{ has_errors: 'perhaps' }, 'has_errors'],
      [{ input_sha256: 'abc' }, 'input_sha256'],
      [{ metadata: '' }, 'metadata'],
      [{ created_after: -1 }, 'created_after'],
      [{ after: 'job_nope' }, 'after'],
      [{ after: `${'9'.repeat(30)}:job_1` }, 'after'],
    ] as const) {
      const { status, error } = await errorOf(api.list(query as never));
      expect([status, error.param]).toEqual([400, param]);
    }
  });
});
