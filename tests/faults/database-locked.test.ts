import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRestClient, createTrpcClient, errorOf } from '../api/transports.ts';
import { chatRequests } from '../helpers/requests.ts';
import { AT_ONCE, startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

const BetterSqlite3 = createRequire(new URL('../../apps/server/package.json', import.meta.url))(
  'better-sqlite3',
) as new (path: string) => { exec(sql: string): void; close(): void };

const endpoint = '/v1/chat/completions';

/** Another program that has the database to itself until it is disposed of. */
function lockDatabase(folder: string): Disposable {
  const connection = new BetterSqlite3(join(folder, 'data/batches.db'));
  connection.exec('BEGIN EXCLUSIVE');
  return {
    [Symbol.dispose]() {
      connection.exec('ROLLBACK');
      connection.close();
    },
  };
}

test.each([
  ['REST', createRestClient],
  ['tRPC', createTrpcClient],
])('while another program locks the database callers are told, over %s', async (_name, connect) => {
  await using server = await startTestServer();
  const api = connect(server.url);
  {
    using _lock = lockDatabase(server.folder);
    const { status, error } = await errorOf(api.create({ endpoint, requests: chatRequests(2) }));
    expect([status, error.code]).toEqual([503, 'database_busy']);
    // What only reads goes on.
    expect((await api.list()).data).toEqual([]);
  }
  expect(await server.db.job.count()).toBe(0);
  const { id } = await api.create({ endpoint, requests: chatRequests(2) });
  await waitFor(
    () => api.get(id),
    ({ batch }) => batch.status === 'completed',
  );
});

test('background work goes on when the database is free again', async () => {
  const durations = { ...AT_ONCE, inProgressMs: 1_000 };
  await using server = await startTestServer({ provider: { durations } });
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint, requests: chatRequests(2) });
  const rounds = () =>
    server.local.faults.calls().filter(({ operation }) => operation === 'batches.list').length;
  {
    using _lock = lockDatabase(server.folder);
    const before = rounds();
    await waitFor(rounds, (calls) => calls > before);
    const refused = await errorOf(api.create({ endpoint, requests: chatRequests(1) }));
    expect(refused.error.code).toBe('database_busy');
  }
  await api.resumeProvider(); // begins the next round, which may be half a minute away
  await waitFor(
    () => server.db.batch.findUniqueOrThrow({ where: { id } }),
    ({ collected_at }) => collected_at !== null,
  );
  expect((await api.get(id)).batch.status).toBe('completed');
});
