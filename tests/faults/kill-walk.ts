import { setTimeout as delay } from 'node:timers/promises';
import { STEPS } from '@batchdesk/server/testing';
import type { Step } from '@batchdesk/server/testing';
import { audit } from './audit.ts';
import type { Audit } from './audit.ts';
import { newCall, openKillWorld, send, sendUntilAcknowledged, waitForEnds } from './kill-world.ts';
import type { Call, Doom } from './kill-world.ts';

/** A server that dies at a step while it works on what one call asked for. */
export interface KillCase extends Doom {
  kind: Call['kind'];
  /** Requests of the call. */
  requests: number;
}

/** Steps that a batch made by `POST /api/batch/create` comes to in an order of its own. */
const STEPS_OF_BATCHES: readonly Step[] = [
  'job.inserted',
  'input.kept',
  'requests.inserted',
  'input.ready',
  'upload.begun',
  'upload.answered',
  'upload.stored',
  'creation.begun',
  'creation.answered',
  'creation.stored',
  'collection.begun',
  'results.indexed',
  'collection.stored',
];
/** Steps that are reached once for a portion of 1,000: each dies at the first and in the middle. */
const STEPS_OF_PORTIONS: readonly Step[] = ['results.portion', 'retry.portion'];
/** Steps that are reached for each of two batches, and again for what is tried again. */
const STEPS_AGAIN: readonly Step[] = [
  'submission.claimed',
  'upload.begun',
  'upload.answered',
  'creation.answered',
  'creation.stored',
  'results.kept',
  'retry.begun',
  'retry.stored',
  'submission.settled',
];
const FEW = 60;
const MANY = 5_000;
/** Milliseconds until a step must have been reached, and until all must be over: a lost creation alone takes half a minute. */
const REACHED_MS = 40_000;
const OVER_MS = 120_000;

/** Every step, those of portions and of second batches more than once. */
export const KILL_CASES: readonly KillCase[] = [
  ...STEPS.map((step): KillCase => ({ step, occurrence: 1, kind: 'job', requests: sizeFor(step) })),
  ...STEPS_OF_PORTIONS.map((step): KillCase => ({ step, occurrence: 2, kind: 'job', requests: MANY })),
  ...STEPS_AGAIN.map((step): KillCase => ({ step, occurrence: 2, kind: 'job', requests: FEW })),
  // The third batch holds what is tried again.
  ...STEPS_AGAIN.map((step): KillCase => ({ step, occurrence: 3, kind: 'job', requests: FEW })),
  ...STEPS_OF_BATCHES.map((step): KillCase => ({ step, occurrence: 1, kind: 'batch', requests: FEW })),
  // So many that they are still being written when their file has arrived at the provider.
  { step: 'upload.answered', occurrence: 1, kind: 'batch', requests: 20_000 },
];

function sizeFor(step: Step): number {
  return STEPS_OF_PORTIONS.includes(step) ? MANY : FEW;
}

/** Lets a server die, starts it again, leaves it to finish and looks at what there is. */
export async function runKillCase({ step, occurrence, kind, requests }: KillCase): Promise<Audit> {
  await using world = await openKillWorld({ validatingMs: 0, inProgressMs: 100, finalizingMs: 0 });
  world.local.faults.add(
    { kind: 'row_fail', customId: '*-fails', statusCode: 500 },
    { kind: 'row_fail', customId: '*-refused', statusCode: 400, code: 'invalid_request' },
    { kind: 'row_expire', customId: requests === MANY ? '*' : '*-expires', times: 2 },
    { kind: 'row_missing', customId: '*-misses', times: 2 },
  );
  // Those that fail at each attempt come first, one of each model: a batch that answers nothing at all has no file, and is
  // asked for ten minutes whether it will have one.
  const endings = ['-fails', '-fails', '-expires', '-misses', '-misses', '-expires', '-refused'];
  const suffix = (index: number) => endings[index] ?? '';
  const call = newCall('call', kind, { requests, models: kind === 'job' ? 2 : 1, suffix });
  const doomed = await world.start({ step, occurrence });
  const death = new AbortController();
  void doomed.ended.then(() => death.abort());
  // The caller repeats what was not answered, with the same key, to whoever is there.
  while (!death.signal.aborted && !(await send(world, call))) await delay(50);
  await delay(REACHED_MS, undefined, { signal: death.signal }).catch(() => {});
  if (!death.signal.aborted) throw new Error(`The step ${step} was not reached ${occurrence} times.`);
  await world.startHere();
  await sendUntilAcknowledged(world, call, OVER_MS);
  await waitForEnds(world, [call], OVER_MS);
  return await audit(world, [call]);
}
