import { nowSeconds } from '../clock.ts';
import { readRooms } from '../db/capacity.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { learnFromRefusal, readTokenLimit } from './learn-limit.ts';

/** Refusals in a row after which a single request is taken for one that its model has no room for. */
const MOST_REFUSALS = 5;
/** Refusals in a row after which a batch is sent in halves, when the provider does not say what it has room for. */
const BLIND_REFUSALS = 2;
/** Bytes of text that a token has at most, on average. */
const BYTES_PER_TOKEN = 4;

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
  if (request_count === 1 && isTooLarge(input_bytes, message)) return null;
  const enqueuedOthers = countOthers(source, { others, message });
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
  if (decision.limit !== null) return { tokenLimit: decision.limit };
  const isBlind = others === 0 && decision.refusals >= BLIND_REFUSALS;
  return isBlind ? { tokenLimit: Number(estimated_tokens) / 2 } : {};
}

/** Tokens of others that may be why there was no room. */
function countOthers(
  { request_count, estimated_tokens }: Submission,
  { others, message }: { others: number; message: string },
): number {
  // One request cannot be sent in parts: it waits, as it does beside others.
  if (request_count === 1) return Math.max(others, 1);
  // Too large by itself, whoever else is there: nobody has to wait for that.
  const limit = readTokenLimit(message);
  return limit !== null && Number(estimated_tokens) > limit ? 0 : others;
}

/** Whether a single request can never find room, whoever else is at the provider: it would hold up all others in vain. */
function isTooLarge(input_bytes: number | null, message: string): boolean {
  const limit = readTokenLimit(message);
  return limit !== null && input_bytes !== null && input_bytes / BYTES_PER_TOKEN > limit;
}
