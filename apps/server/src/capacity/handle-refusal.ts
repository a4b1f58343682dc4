import { nowSeconds } from '../clock.ts';
import { readRooms } from '../db/capacity.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { learnFromRefusal } from './learn-limit.ts';

/** Refusals in a row after which a single request is taken for one that its model has no room for. */
const MOST_REFUSALS = 5;

/**
 * Learns from a batch that was refused for want of room, and tells in how large batches its requests may go again, in tokens
 * of our estimate. When they go is up to `admitWaiting`. `null` for a single request that finds no room at all.
 */
export async function handleRefusal(
  { db, provider }: Pick<Deps, 'db' | 'provider'>,
  source: Submission,
  message: string,
): Promise<{ tokenLimit?: number } | null> {
  const { model, request_count, input_bytes, estimated_tokens } = source;
  if (model === null) return {};
  const now = nowSeconds();
  const others = (await readRooms(db, provider.name, now)).get(model)?.enqueued ?? 0;
  // One request cannot be sent in parts: it waits, as it does beside others.
  const enqueuedOthers = request_count === 1 ? Math.max(others, 1) : others;
  const decision = await learnFromRefusal(db, {
    provider: provider.name,
    model,
    message,
    estimated_tokens: Number(estimated_tokens),
    input_bytes,
    enqueuedOthers,
    now,
  });
  if (decision.mustSplit) return { tokenLimit: decision.limit };
  if (request_count === 1 && others === 0 && decision.refusals > MOST_REFUSALS) return null;
  return decision.limit === null ? {} : { tokenLimit: decision.limit };
}
