import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startRunner } from '../../apps/server/src/runner.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** Far longer than any test: only a notify explains another round. */
const NEVER_MS = 3_600_000;

/** A runner whose rounds last until the test ends them. */
function startSteppedRunner() {
  const rounds: PromiseWithResolvers<number>[] = [];
  const errors: unknown[] = [];
  const signals: AbortSignal[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const runner = startRunner({
    async tick(signal) {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      signals.push(signal);
      const round = Promise.withResolvers<number>();
      rounds.push(round);
      try {
        return await round.promise;
      } finally {
        running -= 1;
      }
    },
    onError: (error) => errors.push(error),
    retryDelayMs: 1,
  });
  const last = () => rounds.at(-1)!;
  return {
    runner,
    errors,
    signals,
    rounds,
    mostAtOnce: () => mostAtOnce,
    end: (delayMs = NEVER_MS) => last().resolve(delayMs),
    fail: (error: unknown) => last().reject(error),
    started: (count: number) =>
      waitFor(
        () => rounds.length,
        (length) => length === count,
      ),
    async [Symbol.asyncDispose]() {
      for (const round of rounds) round.resolve(NEVER_MS);
      await runner.stop();
    },
  };
}

test('the first round begins by itself', async () => {
  await using stepped = startSteppedRunner();
  expect(await stepped.started(1)).toBe(1);
});

test('the next round begins after the delay that a round returns', async () => {
  await using stepped = startSteppedRunner();
  stepped.end(1);
  expect(await stepped.started(2)).toBe(2);
});

test('a runner that waits is woken by notify', async () => {
  await using stepped = startSteppedRunner();
  stepped.end();
  await nextTurn();
  stepped.runner.notify();
  expect(await stepped.started(2)).toBe(2);
});

test('a notify during a round is one more round after it, however often it comes', async () => {
  await using stepped = startSteppedRunner();
  for (let count = 0; count < 5; count += 1) stepped.runner.notify();
  await nextTurn();
  expect(stepped.rounds).toHaveLength(1);
  stepped.end();
  await stepped.started(2);
  stepped.end();
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
  expect(stepped.rounds).toHaveLength(2);
});

test('rounds never overlap', async () => {
  await using stepped = startSteppedRunner();
  for (let count = 1; count <= 20; count += 1) {
    await stepped.started(count);
    stepped.runner.notify();
    await nextTurn();
    stepped.runner.notify();
    stepped.end(0);
  }
  expect(stepped.mostAtOnce()).toBe(1);
});

test('a failure is reported and the round tried again', async () => {
  await using stepped = startSteppedRunner();
  const failures = [new Error('First.'), 'not even an error', new Error('Third.')];
  for (const [index, failure] of failures.entries()) {
    await stepped.started(index + 1);
    stepped.fail(failure);
  }
  expect(await stepped.started(4)).toBe(4);
  expect(stepped.errors).toEqual(failures);
});

test('a tick that throws at once is a failure like others', async () => {
  const errors: unknown[] = [];
  const runner = startRunner({
    tick() {
      throw new Error('At once.');
    },
    onError: (error) => errors.push(error),
    retryDelayMs: 1,
  });
  await waitFor(
    () => errors.length,
    (count) => count >= 2,
  );
  await runner.stop();
  expect(errors).toContainEqual(new Error('At once.'));
});

test('stop waits for the round that runs, and tells it', async () => {
  await using stepped = startSteppedRunner();
  let hasStopped = false;
  const stopped = stepped.runner.stop().then(() => (hasStopped = true));
  expect(stepped.signals[0]?.aborted).toBe(true);
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
  expect(hasStopped).toBe(false);
  stepped.end(0);
  await stopped;
  stepped.runner.notify();
  await nextTurn();
  expect(stepped.rounds).toHaveLength(1);
});

test('stop ends the wait for the next round, and can be called again', async () => {
  await using stepped = startSteppedRunner();
  stepped.end();
  await nextTurn();
  await stepped.runner.stop();
  await stepped.runner.stop();
  expect(stepped.rounds).toHaveLength(1);
});

test('what a round throws because it is stopped is not reported', async () => {
  await using stepped = startSteppedRunner();
  const stopped = stepped.runner.stop();
  stepped.fail(stepped.signals[0]?.reason);
  await stopped;
  expect(stepped.errors).toEqual([]);
});

test('others have their turn between rounds that are notified as they end', async () => {
  let rounds = 0;
  const runner = startRunner({
    async tick() {
      rounds += 1;
      // Ends by itself: without turns in between, this test would never.
      if (rounds < 100_000) queueMicrotask(() => runner.notify());
      return NEVER_MS;
    },
    onError: () => {},
    retryDelayMs: 1,
  });
  await nextTurn();
  expect(rounds).toBeLessThan(10);
  await runner.stop();
});
