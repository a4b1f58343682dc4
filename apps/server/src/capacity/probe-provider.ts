import { BatchdeskError } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { hasPassedSince } from '../db/admission.ts';
import { findPause } from '../db/provider-pauses.ts';
import type { Deps } from '../deps.ts';
import { isPausing, pauseProvider, resumeProvider } from './pause-provider.ts';

/**
 * Sees whether a paused provider works again. A key is tried by a call that changes nothing; an account without quota takes
 * such calls too, so there a submission is sent now and then, see `admitWaiting`, and a batch that passed validation tells.
 */
export async function probeProvider(deps: Pick<Deps, 'db' | 'provider' | 'log'>): Promise<void> {
  const { db, provider } = deps;
  const pause = await findPause(db, provider.name);
  if (!pause) return;
  if (pause.code !== 'provider_unauthorized') {
    if (await hasPassedSince(db, provider.name, pause.since)) await resumeProvider(deps);
    return;
  }
  if (pause.probe_at > nowSeconds()) return;
  try {
    await provider.listBatches({ limit: 1 });
    await resumeProvider(deps);
  } catch (error) {
    if (!(error instanceof BatchdeskError)) throw error;
    await pauseProvider(deps, isPausing(error) ? error : pause);
  }
}
