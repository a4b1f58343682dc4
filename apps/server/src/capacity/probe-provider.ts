import { BatchdeskError } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { hasPassedSince } from '../db/admission.ts';
import { findPause } from '../db/provider-pauses.ts';
import type { Deps } from '../deps.ts';
import { isPausing, pauseProvider, resumeProvider } from './pause-provider.ts';

/** Milliseconds until the next look after a try that failed; the pause says when it is due. */
const PROBE_MS = 1_000;

/**
 * Sees whether a paused provider works again. A key is tried by a call that changes nothing; an account without quota takes
 * such calls too, so there a submission is sent now and then, see `admitWaiting`, and a batch that passed validation tells.
 * Returns milliseconds until the provider may be called at all, 0 for now.
 */
export async function probeProvider(deps: Pick<Deps, 'db' | 'provider' | 'log'>): Promise<number> {
  const { db, provider } = deps;
  const pause = await findPause(db, provider.name);
  if (!pause) return 0;
  if (pause.code !== 'provider_unauthorized') {
    if (await hasPassedSince(db, provider.name, pause.since)) await resumeProvider(deps);
    return 0;
  }
  const seconds = pause.probe_at - nowSeconds();
  if (seconds > 0) return seconds * 1_000;
  try {
    await provider.listBatches({ limit: 1 });
    await resumeProvider(deps);
    return 0;
  } catch (error) {
    if (!(error instanceof BatchdeskError)) throw error;
    await pauseProvider(deps, isPausing(error) ? error : pause);
    return PROBE_MS;
  }
}
