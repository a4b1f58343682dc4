import { join } from 'node:path';
import { openDatabase, readConfig, startServer } from '@batchdesk/server/testing';
import { rebuildTotals } from '../../apps/server/src/db/batch-totals.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** Batches of the last two years: some twenty a day. */
const BATCHES = 15_000;

/** Starts a server on its local provider, with a history. */
export async function startSampleServer(): Promise<AsyncDisposable & { url: string }> {
  const folder = await temporaryFolder();
  const env = {
    PORT: '0',
    DATABASE_URL: `file:${join(folder.path, 'data/batches.db')}`,
    DATA_DIR: join(folder.path, 'data'),
    LOG_FILE: join(folder.path, 'logs/app.log'),
    LOG_LEVEL: 'error',
  };
  const db = await openDatabase(env.DATABASE_URL);
  await fillHistory(db, BATCHES);
  // The provider knows nothing of them: none may be left for it to say how it is doing.
  await db.batch.deleteMany({
    where: { status: { in: ['validating', 'in_progress', 'finalizing', 'cancelling'] } },
  });
  await db.$executeRaw`DELETE FROM jobs WHERE id NOT IN (SELECT job_id FROM batches)`;
  await db.$executeRaw`
    UPDATE submissions SET settled_at = submissions.created_at, request_count = requests_total, outcomes = json_array(
      json_array('succeeded', NULL, requests_completed),
      json_array('failed', 'server_error', requests_failed),
      json_array('expired', 'batch_expired', requests_total - requests_completed - requests_failed))
    FROM batches WHERE batches.id = submissions.batch_id`;
  await db.$executeRaw`
    UPDATE jobs SET name = coalesce(
      (SELECT metadata->>'batch_name' FROM batches WHERE job_id = jobs.id),
      'report-' || substr(id, -4))`;
  await rebuildTotals(db);
  await db.$disconnect();
  const server = await startServer(readConfig(env));
  return {
    url: server.url,
    async [Symbol.asyncDispose]() {
      await server.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
