import { LIMITS } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { markAdmitted, noteExpectedCosts } from '../db/admission.ts';
import { MONTH } from '../db/budgets.ts';
import { countCreations, readRooms } from '../db/capacity.ts';
import { inTransaction } from '../db/database.ts';
import { findPause } from '../db/provider-pauses.ts';
import { findWaiting, noteWaits } from '../db/waiting.ts';
import type { Deps } from '../deps.ts';
import { expectCosts } from '../pricing/expected-cost.ts';
import { readBudgets } from '../pricing/read-budgets.ts';
import { chooseAdmissible } from './choose-admissible.ts';
import type { Admission, AdmissionInput, WaitingSubmission } from './choose-admissible.ts';
import { pauseProvider } from '../capacity/pause-provider.ts';

/** Submissions of one model that are looked at in one round. */
const ROUND = 100;
const HOUR = 3_600;

type AdmitDeps = Pick<Deps, 'db' | 'provider' | 'log'>;

/** A submission that is ready to be sent, and what is stored of its costs and of its waiting. */
interface Candidate extends WaitingSubmission {
  stored_cost: bigint | null;
  was_held: boolean;
}

/**
 * Lets go the waiting submissions for which there is room, `slots` at most, and notes for the others why they wait. While
 * the account is paused one goes now and then to see whether it works again. Returns whether to look again soon: a budget
 * holds more now, and there may be others behind.
 */
export async function admitWaiting(deps: AdmitDeps, slots: number): Promise<boolean> {
  const { db, provider } = deps;
  if (!provider.ready) return false;
  const now = nowSeconds();
  const waiting = await findCandidates(deps, now);
  if (waiting.length === 0) return false;
  const pause = await findPause(db, provider.name);
  const isProbe = pause?.code === 'insufficient_quota' && pause.probe_at <= now;
  const { admitted, waits } = await choose(deps, {
    waiting,
    rooms: await readRooms(db, provider.name, now),
    slots: isProbe ? Math.min(slots, 1) : slots,
    creations: LIMITS.creationsPerHour - (await countCreations(db, provider.name, now - HOUR)),
    paused: pause !== null && !isProbe,
    now,
  });
  const held = new Set(waits.filter(({ reason }) => isBudget(reason)).map(({ id }) => id));
  await noteExpectedCosts(
    db,
    waiting.filter(({ id, estimated_cost, stored_cost }) => held.has(id) && estimated_cost !== stored_cost),
  );
  await noteWaits(db, waits);
  if (isProbe && admitted.length > 0) await pauseProvider(deps, pause);
  return waiting.some(({ id, was_held }) => held.has(id) && !was_held);
}

function isBudget(reason: string | null): boolean {
  return reason === 'job_budget' || reason === 'month_budget';
}

/** What is ready to be sent, and what it is expected to cost as things are now. */
async function findCandidates(deps: AdmitDeps, now: number): Promise<Candidate[]> {
  const waiting = await findWaiting(deps.db, deps.provider.name, now, ROUND);
  const costs = await expectCosts(deps, waiting, now);
  return waiting.map(({ id, job_id, model, estimated_tokens, ...stored }, index) => ({
    id,
    job_id,
    model,
    estimated_tokens,
    estimated_cost: costs[index]!,
    waiting_since: stored.created_at,
    stored_cost: stored.estimated_cost,
    was_held: isBudget(stored.wait_reason),
  }));
}

/** Chooses what goes. Budgets are read and taken from in one transaction: nobody else spends the same money meanwhile. */
async function choose(
  { db, provider }: AdmitDeps,
  input: Omit<AdmissionInput, 'budgets'> & { waiting: readonly Candidate[] },
): Promise<Admission> {
  const { waiting, now } = input;
  const scopes = [MONTH, ...new Set(waiting.map(({ job_id }) => job_id))];
  return inTransaction(db, async (transaction) => {
    const budgets = await readBudgets({ db: transaction, provider: provider.name, now }, scopes);
    const admission = chooseAdmissible({ ...input, budgets });
    const ids = new Set(admission.admitted);
    if (ids.size > 0)
      await markAdmitted(
        transaction,
        waiting.filter(({ id }) => ids.has(id)),
      );
    return admission;
  });
}
