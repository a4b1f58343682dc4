import { join } from 'node:path';
import { startLocalProvider } from '@batchdesk/local-provider';
import { openDatabase } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { file, filesLeft, form } from '../helpers/http.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { AT_ONCE } from '../helpers/start-test-server.ts';
import { startProcess } from '../helpers/start-process.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { waitFor } from '../helpers/wait-for.ts';

const endpoint = '/v1/chat/completions';

test.concurrent('killed in the middle of a batch, it has the history and goes on, with nothing but itself', async () => {
  await using folder = await temporaryFolder();
  const first = await startProcess(folder.path);
  expect(first.output()).toContain('Provider: local');
  const created = await createRestClient(first.url).create({ endpoint, requests: chatRequests(5) });
  await first.kill();

  await using second = await startProcess(folder.path);
  const api = createRestClient(second.url);
  expect((await api.list()).data.map(({ id }) => id)).toEqual([created.id]);
  const { batch } = await waitFor(
    () => api.get(created.id),
    (view) => view.batch.status === 'completed',
  );
  expect(batch.request_counts).toEqual({ total: 5, completed: 5, failed: 0 });
  const results = await fetch(`${second.url}/api/batch/${created.id}/results`);
  expect((await results.text()).trim().split('\n')).toHaveLength(5);
});

// Each fault holds the process at one step of the submission; there it is killed.
test.concurrent.each([
  ['while it uploads', { kind: 'slow', on: 'files.create', delayMs: 600_000 }, 'files.create'],
  ['while it creates', { kind: 'slow', on: 'batches.create', delayMs: 600_000 }, 'batches.create'],
  ['while results come', { kind: 'slow', on: 'files.content', delayMs: 600_000 }, 'files.content'],
] as const)(
  'killed %s, it finishes the work after the next start, once',
  async (_when, fault, operation) => {
    await using folder = await temporaryFolder();
    const local = await startLocalProvider({ dataDir: join(folder.path, 'provider'), durations: AT_ONCE });
    await using provider = { [Symbol.asyncDispose]: () => local.close() };
    void provider;
    const env = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
    local.faults.add(fault);
    const first = await startProcess(folder.path, env);
    const lost = createRestClient(first.url)
      .create({ endpoint, requests: chatRequests(4) })
      .catch(() => null);
    await waitFor(
      () => local.faults.calls(),
      (calls) => calls.some((call) => call.operation === operation),
    );
    // Before that nobody was told of it, and it is no loss.
    const db = await openDatabase(`file:${join(folder.path, 'data/batches.db')}`);
    await waitFor(
      () => db.job.findFirst(),
      (job) => job !== null && job.status !== 'accepting',
    );
    await db.$disconnect();
    await first.kill();
    await lost;

    await using second = await startProcess(folder.path, env);
    const api = createRestClient(second.url);
    const { data } = await waitFor(
      () => api.list(),
      (list) => list.data[0]?.status === 'completed',
      80_000,
    );
    expect(data).toHaveLength(1);
    const creations = new Set(
      local.faults.calls().flatMap(({ metadata }) => (metadata ? [JSON.stringify(metadata)] : [])),
    );
    expect(creations.size).toBe(1);
    expect((await api.list({ source: 'api' })).data).toHaveLength(1);
    const results = await waitFor(
      () => fetch(`${second.url}/api/batch/${data[0]!.id}/results`),
      ({ status }) => status === 200,
    );
    expect((await results.text()).trim().split('\n')).toHaveLength(4);
  },
  90_000,
);

test.concurrent('killed while it sends an uploaded file on, it leaves no copy behind', async () => {
  await using folder = await temporaryFolder();
  const local = await startLocalProvider({ dataDir: join(folder.path, 'provider'), durations: AT_ONCE });
  await using provider = { [Symbol.asyncDispose]: () => local.close() };
  void provider;
  const env = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
  local.faults.add({ kind: 'slow', on: 'files.create', delayMs: 600_000 });
  const first = await startProcess(folder.path, env);
  const body = form([['file', file(toJsonl(chatRequests(4))), 'a.jsonl']]);
  const lost = fetch(`${first.url}/api/batch/upload`, { method: 'POST', body }).catch(() => null);
  await waitFor(
    () => local.faults.calls(),
    (calls) => calls.some((call) => call.operation === 'files.create'),
  );
  await first.kill();
  await lost;
  await using second = await startProcess(folder.path, env);
  expect((await fetch(`${second.url}/api/health`)).status).toBe(200);
  expect(await filesLeft(folder.path)).toEqual([]);
});

test.concurrent('killed while it notes results, it comes to the same as if it had not been', async () => {
  await using folder = await temporaryFolder();
  const local = await startLocalProvider({ dataDir: join(folder.path, 'provider'), durations: AT_ONCE });
  await using provider = { [Symbol.asyncDispose]: () => local.close() };
  void provider;
  local.faults.add(
    { kind: 'row_text', customId: 'request-10', text: 'no JSON' },
    { kind: 'row_fail', customId: 'request-2*' },
    { kind: 'row_missing', customId: 'request-30' },
    // The file of errors stops in the middle, while that of answers is noted.
    { kind: 'truncate', bytes: 100_000, skip: 1 },
    { kind: 'slow', on: 'files.content', delayMs: 600_000, skip: 1 },
  );
  const env = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
  const first = await startProcess(folder.path, env);
  const { id } = await createRestClient(first.url).create({ endpoint, requests: chatRequests(30_000) });
  const db = await openDatabase(`file:${join(folder.path, 'data/batches.db')}`);
  const noted = () => db.request.count({ where: { NOT: { outcome: 'pending' } } });
  await waitFor(noted, (count) => count > 0);
  await first.kill();
  expect(await noted()).toBeLessThan(30_000);
  await db.$disconnect();

  await using second = await startProcess(folder.path, env);
  const api = createRestClient(second.url);
  const { counts } = await waitFor(
    () => api.requests(id, { limit: 1 }),
    (page) => page.counts!.by_outcome.submitted === undefined,
  );
  // 2, 20 to 29, 200 to 299, 2,000 to 2,999, 20,000 to 29,999
  expect(counts!.by_outcome).toEqual({ succeeded: 18_887, failed: 11_111, missing: 2 });
  const view = await waitFor(
    () => api.get(id),
    ({ issue_count }) => issue_count !== undefined,
  );
  expect(view.issues!.map(({ code }) => code)).toEqual(['invalid_json_line']);
}, 60_000);

test.concurrent('asked to end, it ends well', async () => {
  await using folder = await temporaryFolder();
  await using server = await startProcess(folder.path);
  await createRestClient(server.url).create({ endpoint, requests: chatRequests(2) });
  expect(await server.terminate()).toBe(0);
});

test.concurrent('with a key and an address it works there, and the local provider does not start', async () => {
  await using folder = await temporaryFolder();
  const local = await startLocalProvider({ dataDir: join(folder.path, 'elsewhere'), durations: AT_ONCE });
  const env = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
  await using server = await startProcess(folder.path, env);
  expect(server.output()).toContain(`Provider: openai, at ${local.url}`);
  const api = createRestClient(server.url);
  expect((await api.health()).provider).toEqual({
    name: 'openai',
    base_url: local.url,
    ready: true,
    paused: null,
    trouble: null,
  });
  const { id, provider } = await api.create({ endpoint, requests: chatRequests(2) });
  expect(provider).toBe('openai');
  await waitFor(
    () => api.get(id),
    ({ batch }) => batch.status === 'completed',
  );
  const { existsSync } = await import('node:fs');
  expect(existsSync(join(folder.path, 'data/local-provider'))).toBe(false);
  await local.close();
});
