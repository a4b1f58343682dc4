import type { ModelLimitView, SetLimit } from '@batchdesk/shared';
import { findModelLimit, removeModelLimit, saveModelLimit } from '../db/model-limits.ts';
import type { Deps } from '../deps.ts';
import { listLimits } from './list-limits.ts';

/** Sets how many tokens of a model may be enqueued, or with `null` forgets what was set and learned. What waits may go at once. */
export async function setLimit(
  deps: Pick<Deps, 'db' | 'provider'>,
  { model, enqueued_tokens }: SetLimit,
): Promise<ModelLimitView> {
  const { db, provider } = deps;
  if (enqueued_tokens === null) {
    await removeModelLimit(db, provider.name, model);
  } else {
    const known = await findModelLimit(db, provider.name, model);
    const free = { refusals: 0, blocked_until: 0 };
    await saveModelLimit(db, { ...known, ...free, enqueued_tokens, source: 'settings' });
  }
  const limits = await listLimits(deps);
  return limits.find((limit) => limit.model === model) ?? noLimit(model);
}

function noLimit(model: string): ModelLimitView {
  return { model, enqueued_tokens: null, source: null, enqueued: 0, waiting: 0, blocked_until: null };
}
