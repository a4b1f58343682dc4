import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { audit } from './audit.ts';
import { newCall, openKillWorld, sendUntilAcknowledged, waitForEnds } from './kill-world.ts';

test('started again and again while a creation is in doubt, it waits no longer than for the doubt', async () => {
  await using world = await openKillWorld({ validatingMs: 0, inProgressMs: 0, finalizingMs: 0 });
  const call = newCall('call', 'job', { requests: 5, models: 1, suffix: () => '' });
  const doomed = await world.start({ step: 'creation.begun', occurrence: 1 });
  await sendUntilAcknowledged(world, call, 15_000);
  await doomed.ended;
  const looks = () => world.local.faults.calls().filter(({ operation }) => operation === 'batches.list');
  for (let start = 0; start < 5; start += 1) {
    const before = looks().length;
    const server = await world.start();
    await waitFor(looks, ({ length }) => length > before);
    await delay(200); // it notes that it has to wait
    await server.kill();
  }
  await world.startHere();
  // 15 seconds, then 30: doubled at each start it would be minutes.
  expect(await waitForEnds(world, [call], 80_000)).toEqual([]);
  const { lost, duplicates } = await audit(world, [call]);
  expect({ lost, duplicates }).toEqual({ lost: [], duplicates: [] });
}, 150_000);
