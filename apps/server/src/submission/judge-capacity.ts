import type { ModelEstimate, ModelLimitView } from '@batchdesk/shared';
import { findPause } from '../db/provider-pauses.ts';
import type { Deps } from '../deps.ts';
import { listLimits, readTokenLimits } from './list-limits.ts';

/** What would be sent of a model. Tokens are those of our estimate. */
export interface Load {
  model: string;
  tokens: number;
  /** Of the largest request. */
  largest_request: number;
}

type Capacity = ModelEstimate['capacity'];

/** How what would be sent now would be treated by what each model may have enqueued, in the order of the loads. */
export async function judgeCapacity(
  deps: Pick<Deps, 'db' | 'provider'>,
  loads: readonly Load[],
): Promise<Capacity[]> {
  const isPaused = (await findPause(deps.db, deps.provider.name)) !== null;
  const limits = new Map((await listLimits(deps)).map((limit) => [limit.model, limit]));
  const ours = new Map(Object.entries(await readTokenLimits(deps)));
  return loads.map((load) => {
    const view = limits.get(load.model);
    const { enqueued_tokens: limit = null, enqueued = 0 } = view ?? {};
    const verdict = isPaused ? 'paused' : judge(load, view, ours.get(load.model));
    return { limit, enqueued, verdict };
  });
}

/** `ours`: the limit in tokens of our estimate. */
function judge(
  { tokens, largest_request }: Load,
  view: ModelLimitView | undefined,
  ours: number | undefined,
): Capacity['verdict'] {
  if (!view || view.enqueued_tokens === null || ours === undefined) return 'unknown';
  if (largest_request > ours) return 'too_large';
  if (tokens > ours) return 'in_turns';
  const room = ours * (1 - view.enqueued / view.enqueued_tokens);
  // What waits goes first.
  return view.blocked_until !== null || view.waiting > 0 || tokens > room ? 'waits' : 'now';
}
