import { sumRunning } from '../db/capacity.ts';
import { inTransaction } from '../db/database.ts';
import type { Database } from '../db/database.ts';
import { findModelLimit, inOurTokens, saveModelLimit } from '../db/model-limits.ts';
import type { ModelLimit } from '../db/model-limits.ts';

/** A batch that the provider refused for want of room. */
export interface Refusal {
  provider: string;
  model: string;
  /** The provider's words. */
  message: string;
  /** Of the refused submission, by our estimate. */
  estimated_tokens: number;
  /** Of its input file, `null` when not known. */
  input_bytes: number | null;
  /** Tokens by our estimate of the other batches of the model that were active then. */
  enqueuedOthers: number;
  /** Unix seconds. */
  now: number;
}

/** What is to be done: wait, or send the requests in batches of `limit` tokens at most, by our estimate. */
export type RefusalDecision =
  | {
      mustSplit: false;
      /** Unix seconds. */ blocked_until: number;
      limit: number | null;
      /** In a row. */ refusals: number;
    }
  | { mustSplit: true; limit: number };

/** Seconds for which nothing of a model is sent after it was refused: doubled each time in a row. */
const BLOCK_SECONDS = { first: 5 * 60, longest: 80 * 60 };
/** The scale never falls below this: small batches alone say little of the provider's count. */
const LEAST_SCALE = 0.2;
/** Bytes of a token where an input is hardly more than its prompts: what is above the limit even so was counted too low. */
const BYTES_PER_TOKEN = 4;
/** Refusals in a row after which a batch of few bytes is taken for too large all the same: images have tokens of their own. */
const FOREIGN_REFUSALS = 2;

/**
 * The limit that a refusal tells, in the provider's tokens: "Enqueued token limit reached for … Limit: 90,000 enqueued
 * tokens." `null` when it tells none; a limit of requests is none.
 */
export function readTokenLimit(message: string): number | null {
  const [, digits] = /\blimit:?\s*(\d[\d,]*)\s+enqueued\s+tokens\b/i.exec(message) ?? [];
  return digits === undefined ? null : Number(digits.replaceAll(',', ''));
}

/** Learns from a refusal how much room a model has, and how far our estimate is off; says what is to be done. */
export async function learnFromRefusal(db: Database, refusal: Refusal): Promise<RefusalDecision> {
  const { provider, model, estimated_tokens, enqueuedOthers, now } = refusal;
  const told = readTokenLimit(refusal.message);
  return inTransaction(db, async (transaction) => {
    const known = await findModelLimit(transaction, provider, model);
    const learned = told === null ? known : learn(known, refusal, told);
    const limit = inOurTokens(learned);
    const mustSplit = enqueuedOthers === 0 && limit !== null && estimated_tokens > limit;
    if (mustSplit) {
      // It would not fit later either: waiting helps nobody.
      await saveModelLimit(transaction, { ...learned, refused_at: now });
      return { mustSplit, limit };
    }
    const seconds = Math.min(BLOCK_SECONDS.first * 2 ** known.refusals, BLOCK_SECONDS.longest);
    const blocked_until = now + seconds;
    const refusals = known.refusals + 1;
    await saveModelLimit(transaction, { ...learned, refused_at: now, refusals, blocked_until });
    return { mustSplit: false, blocked_until, limit, refusals };
  });
}

function learn(known: ModelLimit, refusal: Refusal, told: number): ModelLimit {
  const { estimated_tokens, enqueuedOthers, input_bytes } = refusal;
  const ours = enqueuedOthers + estimated_tokens;
  let { scale } = known;
  // Alone, with fewer bytes than the limit has tokens, it found a room that others outside this server had taken.
  const isForeign =
    enqueuedOthers === 0 && input_bytes !== null && input_bytes <= told && known.refusals < FOREIGN_REFUSALS;
  // By our count there was room: the provider counts more than we do.
  if (ours > 0 && ours * scale <= told && !isForeign) {
    scale = Math.max(scale, (1.1 * told) / ours);
    if (enqueuedOthers === 0) {
      const byBytes = (input_bytes ?? 0) / BYTES_PER_TOKEN;
      const bytesScale = byBytes > told ? (byBytes / ours) * 1.05 : 0;
      scale = Math.max(scale, (1.5 * told) / ours, bytesScale);
    }
  }
  const isSmallerSetting =
    known.source === 'settings' && known.enqueued_tokens !== null && known.enqueued_tokens <= told;
  if (isSmallerSetting) return { ...known, scale };
  return { ...known, scale, enqueued_tokens: told, source: 'learned' };
}

/**
 * Notes that a batch of a model ended, or with `passed` that it passed validation: what was refused may be tried again, and
 * what runs at once shows how much our estimate stands for at most.
 */
export async function noteRoom(
  db: Database,
  provider: string,
  model: string,
  { passed = false }: { passed?: boolean } = {},
): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const known = await findModelLimit(transaction, provider, model);
    let { scale, refusals } = known;
    if (passed) {
      refusals = 0;
      const running = await sumRunning(transaction, provider, model);
      const { enqueued_tokens: limit, source } = known;
      // A limit from the settings is not the provider's: what runs beyond it shows nothing.
      if (source === 'learned' && limit !== null && limit > 0 && running > 0) {
        scale = Math.max(Math.min(scale, limit / running), LEAST_SCALE);
      }
    }
    const isNews = known.blocked_until > 0 || known.refused_at > 0 || known.refusals > refusals;
    if (!isNews && known.scale === scale) return;
    await saveModelLimit(transaction, { ...known, scale, refusals, refused_at: 0, blocked_until: 0 });
  });
}
