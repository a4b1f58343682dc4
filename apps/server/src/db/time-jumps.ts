import { nowSeconds } from '../clock.ts';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';

/** What waits for the end of time waits on. */
const NEVER = 2 ** 31 - 1;

/**
 * Lets everything be due that waits for a time, after the clock of this machine was set by `seconds`: who waited for a time
 * of the old clock would wait for days. What may have been created counts as asked for now: its time of doubt begins anew.
 */
export async function resetDueTimes(db: Database, seconds: number): Promise<void> {
  const now = nowSeconds();
  const open = Prisma.sql`status IN ('planned', 'waiting_for_capacity', 'uploading', 'creating')`;
  await db.$transaction([
    db.$executeRaw`UPDATE batches SET refresh_at = 0
      WHERE status IN ('validating', 'in_progress', 'finalizing', 'cancelling')`,
    db.$executeRaw`UPDATE batches SET collect_after = 0 WHERE collected_at IS NULL AND collect_after <> ${NEVER}`,
    // Batches are looked for among those that the provider made since then: it has a clock of its own.
    db.$executeRaw`UPDATE submissions SET created_at = min(created_at, created_at + ${seconds}),
      updated_at = ${now}, not_before = 0, claimed_until = 0 WHERE ${open}`,
    db.$executeRaw`UPDATE submissions SET creation_at = ${now} WHERE creation_at > ${now}`,
    db.$executeRaw`UPDATE model_limits SET blocked_until = min(blocked_until, ${now})`,
    db.$executeRaw`UPDATE provider_pauses SET probe_at = ${now}`,
  ]);
}

/** Seconds that nothing here waits for. */
const TOO_LONG = 2 * 60 * 60;

/** At the start: what waits for longer than anything may was written by a clock that has been set back since. */
export async function clampDueTimes(db: Database): Promise<void> {
  const now = nowSeconds();
  const latest = now + TOO_LONG;
  await db.$transaction([
    db.$executeRaw`UPDATE batches SET refresh_at = 0 WHERE refresh_at > ${latest}
      AND status IN ('validating', 'in_progress', 'finalizing', 'cancelling')`,
    db.$executeRaw`UPDATE batches SET collect_after = 0
      WHERE collected_at IS NULL AND collect_after > ${latest} AND collect_after <> ${NEVER}`,
    db.$executeRaw`UPDATE submissions SET updated_at = ${now} WHERE status = 'creating' AND updated_at > ${now}`,
    db.$executeRaw`UPDATE submissions SET creation_at = ${now} WHERE creation_at > ${now}`,
    db.$executeRaw`UPDATE model_limits SET blocked_until = ${now} WHERE blocked_until > ${latest}`,
  ]);
}
