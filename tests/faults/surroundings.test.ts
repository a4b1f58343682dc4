import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startLocalProvider } from '@batchdesk/local-provider';
import { openDatabase } from '@batchdesk/server/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { countsOf, createJob, mixedRequests, requestIds, resultIds, untilEnded } from '../helpers/jobs.ts';
import { chatAnswer, resultLine } from '../helpers/results.ts';
import { skipWaits } from '../helpers/skip-waits.ts';
import { startProcess } from '../helpers/start-process.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startCli } from '../local-provider/cli-process.ts';

const DAY = 86_400;
const MODELS = ['gpt-4o-mini', 'gpt-4o'];

afterEach(() => {
  vi.restoreAllMocks();
});

/** Sets the clock of this process, which is that of the server. */
function setClock(seconds: number): void {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1_000);
}

test.for([DAY, -DAY, 3_600, -3_600])(
  'a clock that is set by %s seconds in the middle of a job does not keep it waiting',
  { timeout: 60_000 },
  async (seconds) => {
    await using folder = await temporaryFolder();
    const args = ['--port', '0', '--data-dir', folder.path, '--duration-ms', '4000'];
    await using provider = await startCli(args);
    const env = { OPENAI_BASE_URL: provider.url, OPENAI_API_KEY: provider.apiKey, LOG_LEVEL: 'warn' };
    await using server = await startTestServer({ env });
    const id = await createJob(server, mixedRequests(20, MODELS));
    await waitFor(
      () => server.db.batch.count(),
      (count) => count === 2,
    );
    setClock(seconds);
    const log = () => readFile(join(server.folder, 'logs/app.log'), 'utf8');
    const told = await waitFor(log, (text) => text.includes('the clock was set'), 40_000);
    expect(told).toContain(`the clock was set by ${seconds} seconds`);
    // By a clock that is ahead a batch seems to be old, and is asked about every few minutes.
    const { refresh_at } = await server.db.batch.findFirstOrThrow();
    expect(refresh_at - Date.now() / 1_000).toBeLessThan(400);
    await using waits = skipWaits(server);
    void waits;
    const { job } = await untilEnded(server, id, 40_000);
    expect(countsOf({ job })).toEqual({ total: 20, succeeded: 20 });
    expect(await resultIds(server, id)).toEqual(requestIds(20));
    expect(await server.db.batch.count()).toBe(2);
  },
);

test('a clock that is set back while a creation is in doubt makes no second batch', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'reset_after', on: 'batches.create' },
    { kind: 'server_error', on: 'batches.list', times: 3 },
  );
  const id = await createJob(server, 4);
  await waitFor(
    () => server.db.submission.findFirst(),
    (submission) => submission?.status === 'creating' && submission.claimed_until === 0,
  );
  setClock(-DAY);
  const { job } = await untilEnded(server, id, 50_000);
  expect(countsOf({ job })).toEqual({ total: 4, succeeded: 4 });
  expect(await server.db.batch.count()).toBe(1);
}, 60_000);

test('what a clock wrote that is a day ahead keeps nothing waiting after the next start', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'batch_stuck', status: 'in_progress' });
  const id = await createJob(server, 4);
  await waitFor(
    () => server.db.batch.count(),
    (count) => count === 1,
  );
  await server.db.batch.updateMany({ data: { refresh_at: Math.floor(Date.now() / 1000) + DAY } });
  await server.restart();
  server.local.faults.release();
  expect(countsOf(await untilEnded(server, id))).toEqual({ total: 4, succeeded: 4 });
});

test('a disk that is full while results come loses nothing', async () => {
  await using folder = await temporaryFolder();
  const local = await startLocalProvider({
    dataDir: join(folder.path, 'provider'),
    durations: { validatingMs: 0, inProgressMs: 4_000, finalizingMs: 0, cancellingMs: 0 },
  });
  await using provider = { [Symbol.asyncDispose]: () => local.close() };
  void provider;
  const env = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
  const text = resultLine('request-1', chatAnswer('x'.repeat(4 << 20)));
  local.faults.add({ kind: 'row_text', customId: 'request-1', text });
  const first = await startProcess(folder.path, env);
  const id = await createJob(first, 40);
  const db = await openDatabase(`file:${join(folder.path, 'data/batches.db')}`);
  await waitFor(
    () => db.batch.count(),
    (count) => count === 1,
  );
  await first.terminate();

  const second = await startProcess(folder.path, env, { maxFileBytes: 2 << 20 });
  await waitFor(
    () => db.batch.findFirst(),
    (batch) => batch !== null && batch.collect_failures > 0,
    30_000,
  );
  expect((await fetch(`${second.url}/api/health`)).status).toBe(200);
  expect(await readdir(join(folder.path, 'data/tmp'))).toEqual([]);
  await second.terminate();
  // A start does not wait for what was put off.
  await db.batch.updateMany({ data: { collect_after: 0 } });
  await db.$disconnect();

  await using third = await startProcess(folder.path, env);
  const { job } = await untilEnded(third, id);
  expect(countsOf({ job })).toEqual({ total: 40, succeeded: 40 });
  expect(await resultIds(third, id)).toEqual(requestIds(40));
}, 90_000);
