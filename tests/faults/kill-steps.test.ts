import { describe, expect, test } from 'vitest';
import { KILL_CASES, runKillCase } from './kill-walk.ts';

describe.concurrent('killed at a step and started again, all comes to its end, once', () => {
  test.each(KILL_CASES)(
    '$kind of $requests, $step, time $occurrence',
    async (one) => {
      const { lost, duplicates, leftovers, wrong } = await runKillCase(one);
      expect({ lost, duplicates, leftovers, wrong }).toEqual({
        lost: [],
        duplicates: [],
        leftovers: [],
        wrong: [],
      });
    },
    300_000,
  );
});
