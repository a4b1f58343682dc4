import { callJobs } from './jobs.ts';
import type { TestServer } from './start-test-server.ts';

/** Where the server is, and its database. */
type At = Pick<TestServer, 'url' | 'db'>;

/** Lets everything that waits for a time be due now, as if that time had passed. */
export async function skipTime(server: At): Promise<void> {
  const { db } = server;
  const now = Math.floor(Date.now() / 1000);
  const later = { gt: now };
  const changed = [
    await db.modelLimit.updateMany({ where: { blocked_until: later }, data: { blocked_until: 0 } }),
    await db.providerPause.updateMany({ where: { probe_at: later }, data: { probe_at: 0 } }),
    await db.submission.updateMany({
      where: { not_before: later, claimed_until: 0 },
      data: { not_before: 0 },
    }),
    await db.submission.updateMany({
      where: { status: 'creating', claimed_until: 0, updated_at: { gt: now - 60 } },
      data: { updated_at: now - 100 },
    }),
    await db.batch.updateMany({ where: { refresh_at: later, collected_at: null }, data: { refresh_at: 0 } }),
    // What was made elsewhere is collected at the end of time: that stays so.
    await db.batch.updateMany({
      where: { collect_after: { gt: now, lt: now + 86_400 }, collected_at: null },
      data: { collect_after: 0 },
    }),
  ];
  if (changed.some(({ count }) => count > 0)) await wake(server);
}

/** Does so again and again, until the end of the test's block. */
export function skipWaits(server: At): AsyncDisposable {
  const timer = setInterval(() => void skipTime(server).catch(() => {}), 500);
  return { [Symbol.asyncDispose]: () => Promise.resolve(clearInterval(timer)) };
}

/** The server looks at what is due when somebody has asked for something, here for nothing. */
async function wake(server: At): Promise<void> {
  const job = await server.db.job.findFirst();
  if (job) await callJobs(server, `/${job.id}/retry`, { codes: ['none'] }).catch(() => {});
}
