import { setTimeout as delay } from 'node:timers/promises';
import type { FaultInput } from '@batchdesk/local-provider';
import { createRandom } from '../shared/random.ts';
import type { Random } from '../shared/random.ts';
import { audit } from './audit.ts';
import type { Audit } from './audit.ts';
import { newCall, openKillWorld, sendUntilAcknowledged, waitForEnds } from './kill-world.ts';
import type { Call, KillWorld } from './kill-world.ts';

/** What came of a run of kills. */
export interface RandomKills extends Audit {
  kills: number;
  /** Faults that struck calls of the provider's. */
  faults: number;
  /** Keys of jobs that did not end in time. */
  unfinished: string[];
}

/** Milliseconds that a server lives at the most, after it said that it is up. */
const LONGEST_LIFE_MS = 1_500;
/** Callers that make one call after the other, and the pause between two. */
const CALLERS = 6;
const PAUSE_MS = { least: 200, most: 2_000 };
const FAULT_EVERY_MS = 1_500;
/** Milliseconds in which a call must be acknowledged, and all must come to its end after the last kill. */
const ACKNOWLEDGED_MS = 300_000;
const OVER_MS = 240_000;
/** Faults of the requests themselves, which have no end. */
const OF_REQUESTS: readonly FaultInput[] = [
  { kind: 'row_fail', customId: '*-fails', statusCode: 500 },
  { kind: 'row_fail', customId: '*-refused', statusCode: 400, code: 'invalid_request' },
];
const ENDINGS = ['-fails', '-refused', '-expires', '-zero'];

/** Kills one server after the other at instants that `seed` gives, under load and faults, and leaves the last to finish. */
export async function runRandomKills({ kills, seed }: { kills: number; seed: number }): Promise<RandomKills> {
  await using world = await openKillWorld({ validatingMs: 100, inProgressMs: 800, finalizingMs: 100 });
  const random = createRandom(seed);
  world.local.faults.add(...OF_REQUESTS);
  const calls: Call[] = [];
  const stop = new AbortController();
  let server = await world.start();
  const callers = Array.from({ length: CALLERS }, (_, index) =>
    load(world, { random: createRandom(seed + 1 + index), name: `caller${index}`, calls, stop: stop.signal }),
  );
  const trouble = makeTrouble(world, createRandom(seed + 100), stop.signal);
  for (let kill = 0; kill < kills; kill += 1) {
    await delay(random.below(LONGEST_LIFE_MS));
    await server.kill();
    server = await world.start();
  }
  stop.abort();
  await Promise.all([...callers, trouble]);
  const faults = world.local.faults.calls().filter(({ fault }) => fault !== undefined).length;
  // Those that are left would strike one call after the other, each later than the one before.
  world.local.faults.clear();
  world.local.faults.add(...OF_REQUESTS);
  const unfinished = await waitForEnds(world, calls, OVER_MS);
  // What could not be deleted because of a fault is deleted after the next start.
  await server.kill();
  await world.startHere();
  return { ...(await audit(world, calls)), kills, faults, unfinished };
}

/** One caller: calls one after the other, each repeated until it is acknowledged. */
async function load(
  world: KillWorld,
  { random, name, calls, stop }: { random: Random; name: string; calls: Call[]; stop: AbortSignal },
): Promise<void> {
  for (let count = 0; !stop.aborted; count += 1) {
    const kind = random.below(3) === 0 ? 'batch' : 'job';
    // Now and then one that is read and written by portions.
    const requests = kind === 'job' && random.below(10) === 0 ? 3_000 : 1 + random.below(150);
    const suffix = () => (random.below(20) === 0 ? random.pick(ENDINGS) : '');
    const call = newCall(`${name}-${count}`, kind, { requests, models: kind === 'job' ? 2 : 1, suffix });
    calls.push(call);
    await sendUntilAcknowledged(world, call, ACKNOWLEDGED_MS);
    await delay(PAUSE_MS.least + random.below(PAUSE_MS.most - PAUSE_MS.least));
  }
}

/** Adds a fault now and then, of those that pass by themselves. */
async function makeTrouble({ local }: KillWorld, random: Random, stop: AbortSignal): Promise<void> {
  const faults: (() => FaultInput)[] = [
    () => ({ kind: 'rate_limit', on: 'batches.create', retryAfterSeconds: 1 }),
    () => ({ kind: 'rate_limit', on: 'files.create', retryAfterSeconds: 1 }),
    () => ({ kind: 'rate_limit', on: 'batches.list', retryAfterSeconds: 1 }),
    () => ({ kind: 'reset_after', on: 'batches.create' }),
    () => ({ kind: 'reset_after', on: 'files.create' }),
    () => ({ kind: 'reset_before', on: 'files.create' }),
    () => ({ kind: 'server_error', status: 502, on: 'files.create' }),
    () => ({ kind: 'server_error', status: 502, on: 'batches.create' }),
    () => ({ kind: 'server_error', status: 502, on: 'files.content' }),
    () => ({ kind: 'server_error', status: 503, on: 'batches.list' }),
    () => ({ kind: 'truncate', bytes: random.below(5_000) }),
    () => ({ kind: 'slow', on: 'batches.create', delayMs: random.below(1_000) }),
    () => ({ kind: 'slow', on: 'files.create', delayMs: random.below(1_000) }),
    () => ({ kind: 'row_expire', customId: '*-expires', times: 3 }),
    () => ({ kind: 'row_status_zero', customId: '*-zero', times: 3 }),
  ];
  while (!stop.aborted) {
    local.faults.add(random.pick(faults)());
    await delay(FAULT_EVERY_MS, undefined, { signal: stop }).catch(() => {});
  }
}
