import { expect, test } from 'vitest';
import { runRandomKills } from './random-kills.ts';

test('killed 50 times at any instant, under load and faults, it loses nothing and does nothing twice', async () => {
  const { lost, duplicates, leftovers, wrong, unfinished, jobs } = await runRandomKills({
    kills: 50,
    seed: 1,
  });
  expect(jobs).toBeGreaterThan(10);
  expect({ lost, duplicates, leftovers, wrong, unfinished }).toEqual({
    lost: [],
    duplicates: [],
    leftovers: [],
    wrong: [],
    unfinished: [],
  });
}, 900_000);
