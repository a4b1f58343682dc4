import { LIMITS } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { markAdmitted } from '../db/admission.ts';
import { countCreations, readRooms } from '../db/capacity.ts';
import { findPause } from '../db/provider-pauses.ts';
import { findWaiting, noteWaits } from '../db/waiting.ts';
import type { Deps } from '../deps.ts';
import { chooseAdmissible } from './choose-admissible.ts';
import { pauseProvider } from '../capacity/pause-provider.ts';

/** Submissions of one model that are looked at in one round. */
const ROUND = 100;
const HOUR = 3_600;

/**
 * Lets go the waiting submissions for which there is room, `slots` at most, and notes for the others why they wait. While
 * the account is paused one goes now and then to see whether it works again.
 */
export async function admitWaiting(
  deps: Pick<Deps, 'db' | 'provider' | 'log'>,
  slots: number,
): Promise<void> {
  const { db, provider } = deps;
  if (!provider.ready) return;
  const now = nowSeconds();
  const waiting = await findWaiting(db, provider.name, now, ROUND);
  if (waiting.length === 0) return;
  const pause = await findPause(db, provider.name);
  const isProbe = pause?.code === 'insufficient_quota' && pause.probe_at <= now;
  const { admitted, waits } = chooseAdmissible({
    waiting: waiting.map(({ id, model, estimated_tokens, created_at }) => ({
      id,
      model,
      estimated_tokens,
      waiting_since: created_at,
    })),
    rooms: await readRooms(db, provider.name, now),
    slots: isProbe ? Math.min(slots, 1) : slots,
    creations: LIMITS.creationsPerHour - (await countCreations(db, provider.name, now - HOUR)),
    paused: pause !== null && !isProbe,
    now,
  });
  await noteWaits(db, waits);
  await markAdmitted(db, admitted);
  if (isProbe && admitted.length > 0) await pauseProvider(deps, pause);
}
