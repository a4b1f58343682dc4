import { nowSeconds } from '../clock.ts';
import type { Database } from './database.ts';
import { recordEvent } from './events.ts';
import type { ProviderPauseModel } from './generated/models.ts';

/** Why a provider takes nothing for now, and when it is tried again. */
export type ProviderPause = ProviderPauseModel;

/** The pause of a provider, `null` when it works. */
export async function findPause(db: Database, provider: string): Promise<ProviderPause | null> {
  return db.providerPause.findUnique({ where: { provider } });
}

/** Stores a pause, or that it goes on. */
export async function savePause(db: Database, pause: ProviderPause): Promise<void> {
  const { provider, code } = pause;
  await db.$transaction(async (transaction) => {
    const known = await transaction.providerPause.findUnique({ where: { provider } });
    await transaction.providerPause.upsert({ where: { provider }, create: pause, update: pause });
    if (!known) await recordEvent(transaction, { type: 'provider.paused', data: { provider, code } });
  });
}

/** Ends the pause of a provider. Whether there was one. */
export async function endPause(db: Database, provider: string): Promise<boolean> {
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.providerPause.deleteMany({ where: { provider } });
    if (count > 0) await recordEvent(transaction, { type: 'provider.resumed', data: { provider } });
    return count > 0;
  });
}

/** Lets a paused provider be tried now: the account or the key may have been mended while the server was down. */
export async function probeSoon(db: Database): Promise<void> {
  await db.providerPause.updateMany({ data: { probe_at: nowSeconds() } });
}
