import type { Room } from '../db/capacity.ts';
import { SMALL_SHARE } from '../db/small-share.ts';

/** A submission that is ready to be sent. */
export interface WaitingSubmission {
  id: string;
  /** `null` when only the provider has read its input: nothing is known of its tokens then. */
  model: string | null;
  /** Input tokens by our estimate. */
  estimated_tokens: number;
  /** Unix seconds. */
  waiting_since: number;
}

/** What a model has room for. */
export type ModelRoom = Room;

/** All small ones that pass another together have this part of the limit at most. */
const PASSING_SHARE = SMALL_SHARE / 2;
/** Seconds for which small ones may hold a larger one that would go but for them, and after which they may go first. */
const PATIENCE_SECONDS = 3_600;

/** Whether tokens are few beside a limit, so that they may pass larger ones. */
export function isSmall(tokens: number, limit: number): boolean {
  return tokens * SMALL_SHARE <= limit;
}

/**
 * The submissions of one model that go: in their order as far as there is room. Small ones pass a large one that does not
 * fit, but do not hold it for ever; nor do large ones that fill the limit one after the other leave them behind.
 */
export function fillRoom(
  waiting: readonly WaitingSubmission[],
  room: ModelRoom & { limit: number },
  now: number,
): Set<WaitingSubmission> {
  const { limit } = room;
  let { enqueued, enqueuedSmall } = room;
  let isEmpty = enqueued === 0 && room.unvalidated === 0;
  const going = new Set<WaitingSubmission>();
  const small = waiting.filter(({ estimated_tokens }) => isSmall(estimated_tokens, limit));

  function go(one: WaitingSubmission): void {
    going.add(one);
    enqueued += one.estimated_tokens;
    if (isSmall(one.estimated_tokens, limit)) enqueuedSmall += one.estimated_tokens;
    isEmpty = false;
  }

  /** Small ones go in their order, so that none of them is passed by smaller ones for ever. */
  function letSmallPass(head: WaitingSubmission, from: (one: WaitingSubmission) => boolean): void {
    const isHeldBySmall =
      enqueued - enqueuedSmall + head.estimated_tokens <= limit || enqueued === enqueuedSmall;
    const heldSince = Math.max(head.waiting_since, room.large_ended_at);
    if (isHeldBySmall && now - heldSince > PATIENCE_SECONDS) return;
    for (const one of small) {
      if (going.has(one) || one === head) continue;
      const { estimated_tokens: tokens } = one;
      if (!from(one) || enqueued + tokens > limit) return;
      if (enqueuedSmall + tokens > limit / PASSING_SHARE) return;
      go(one);
    }
  }

  for (const head of waiting) {
    if (going.has(head)) continue;
    const { estimated_tokens: tokens } = head;
    const leaves = limit - enqueued - tokens;
    // Large ones that fill the limit one after the other would leave no room ever for what came behind them.
    if (!isSmall(tokens, limit) && (leaves >= 0 || isEmpty)) {
      const isLeftOut = (one: WaitingSubmission) =>
        one.estimated_tokens > leaves && now - one.waiting_since > PATIENCE_SECONDS;
      letSmallPass(head, isLeftOut);
    }
    // Alone it goes whatever its size: our estimate may be wrong, and the provider decides.
    if (isEmpty || enqueued + tokens <= limit) {
      go(head);
      continue;
    }
    letSmallPass(head, () => true);
    break;
  }
  return going;
}
