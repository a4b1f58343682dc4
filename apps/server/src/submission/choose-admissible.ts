import type { WaitReason } from '@batchdesk/shared';
import { fillRoom } from './fill-room.ts';
import type { ModelRoom, WaitingSubmission } from './fill-room.ts';

export type { ModelRoom, WaitingSubmission };

/** What is known when it is decided what may be sent. */
export interface AdmissionInput {
  /** First in, first out. */
  waiting: readonly WaitingSubmission[];
  rooms: ReadonlyMap<string, ModelRoom>;
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
 * tokens; small ones pass a large one that does not fit, but do not hold it for ever.
 */
export function chooseAdmissible(input: AdmissionInput): Admission {
  const { waiting, rooms, paused, now } = input;
  if (paused) return { admitted: [], waits: waiting.map(({ id }) => ({ id, reason: 'provider_paused' })) };
  const reasons = new Map<string, WaitReason>();
  for (const [model, group] of Map.groupBy(waiting, (one) => one.model)) {
    if (model === null) continue;
    for (const [id, reason] of explain(group, rooms.get(model) ?? NO_ROOM_KNOWN, now))
      reasons.set(id, reason);
  }
  let { slots, creations } = input;
  const admission: Admission = { admitted: [], waits: [] };
  for (const { id } of waiting) {
    const reason = reasons.get(id) ?? (creations <= 0 ? 'creation_rate' : slots <= 0 ? 'busy' : null);
    if (reason) {
      admission.waits.push({ id, reason });
      continue;
    }
    admission.admitted.push(id);
    slots -= 1;
    creations -= 1;
  }
  return admission;
}

/** Why submissions of one model have to wait, apart from what all models share; those that may go are left out. */
function explain(
  waiting: readonly WaitingSubmission[],
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
