import type { WaitReason } from '@batchdesk/shared';
import { fillRoom } from './fill-room.ts';
import type { ModelRoom, WaitingSubmission as WaitingForRoom } from './fill-room.ts';
import { createBudgetKeeper } from './hold-for-budget.ts';
import type { BudgetRoom, Payer } from './hold-for-budget.ts';

export type { BudgetRoom, ModelRoom };

/** A submission that is ready to be sent. */
export interface WaitingSubmission extends WaitingForRoom, Payer {}

/** What is known when it is decided what may be sent. */
export interface AdmissionInput {
  /** First in, first out. */
  waiting: readonly WaitingSubmission[];
  rooms: ReadonlyMap<string, ModelRoom>;
  /** Of the month and of jobs, by scope. */
  budgets: ReadonlyMap<string, BudgetRoom>;
  /** Uploads that may begin now. */
  slots: number;
  /** Batches that may still be created within the hour. */
  creations: number;
  /** The provider takes nothing until its account is mended. */
  paused: boolean;
  /** Unix seconds. */
  now: number;
}

/** What may be sent now, and why the others wait. Each submission is in one of the two. */
export interface Admission {
  admitted: string[];
  waits: { id: string; reason: WaitReason }[];
}

const NO_ROOM_KNOWN: ModelRoom = {
  limit: null,
  enqueued: 0,
  enqueuedSmall: 0,
  unvalidated: 0,
  validated: 0,
  blocked_until: 0,
  large_ended_at: 0,
};

/**
 * Decides which submissions may be sent now. Those of a model go in their order as far as there is room among its enqueued
 * tokens; small ones pass a large one that does not fit, but do not hold it for ever. What would pass a budget waits, and with it what is behind it
 * of the same job; it takes no room from others.
 */
export function chooseAdmissible(input: AdmissionInput): Admission {
  const { waiting, rooms, budgets, paused, now } = input;
  if (paused) return { admitted: [], waits: waiting.map(({ id }) => ({ id, reason: 'provider_paused' })) };
  const reasons = findHeld(waiting, budgets);
  const affordable = waiting.filter(({ id }) => !reasons.has(id));
  for (const [model, group] of Map.groupBy(affordable, (one) => one.model)) {
    if (model === null) continue;
    for (const [id, reason] of explain(group, rooms.get(model) ?? NO_ROOM_KNOWN, now))
      reasons.set(id, reason);
  }
  let { slots, creations } = input;
  const keeper = createBudgetKeeper(budgets);
  const admission: Admission = { admitted: [], waits: [] };
  for (const one of waiting) {
    const { id } = one;
    // What goes now takes its money from what is behind it.
    const common = () => keeper.holds(one) ?? (creations <= 0 ? 'creation_rate' : slots <= 0 ? 'busy' : null);
    const reason = reasons.get(id) ?? common();
    if (reason) {
      admission.waits.push({ id, reason });
      continue;
    }
    admission.admitted.push(id);
    keeper.take(one);
    slots -= 1;
    creations -= 1;
  }
  return admission;
}

/** What no budget has room for, whatever else goes. */
function findHeld(
  waiting: readonly WaitingSubmission[],
  budgets: AdmissionInput['budgets'],
): Map<string, WaitReason> {
  const keeper = createBudgetKeeper(budgets);
  return new Map(
    waiting.flatMap((one) => {
      const reason = keeper.holds(one);
      return reason ? [[one.id, reason]] : [];
    }),
  );
}

/** Why submissions of one model have to wait, apart from what all models share; those that may go are left out. */
function explain(
  waiting: readonly WaitingForRoom[],
  room: ModelRoom,
  now: number,
): Iterable<[string, WaitReason]> {
  const all = (from: number, reason: WaitReason) =>
    waiting.slice(from).map(({ id }): [string, WaitReason] => [id, reason]);
  if (room.blocked_until > now) return all(0, 'backoff');
  // What the model has room for is found out with few: each one that it took lets one more be risked.
  if (room.limit === null) return all(Math.max(0, 1 + room.validated - room.unvalidated), 'unknown_limit');
  const going = fillRoom(waiting, { ...room, limit: room.limit }, now);
  return waiting.filter((one) => !going.has(one)).map(({ id }) => [id, 'token_limit']);
}
