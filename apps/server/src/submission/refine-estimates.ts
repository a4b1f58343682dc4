import { findUnrefined } from '../db/estimates.ts';
import type { Deps } from '../deps.ts';
import { refineEstimate } from './refine-estimate.ts';

/** Submissions in one go. */
const ROUND = 20;

/** Refines the estimates of submissions that wait, until there are no more. What waits for room gains most from it. */
export async function refineEstimates(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'tokens' | 'log'>,
): Promise<void> {
  for (;;) {
    const ids = await findUnrefined(deps.db, deps.provider.name, ROUND);
    for (const id of ids) await refineEstimate(deps, id);
    if (ids.length < ROUND) return;
  }
}
