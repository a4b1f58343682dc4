import { inspect } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is as wanted; throws with the last answer after `deadlineMs`. */
export async function waitFor<T>(
  ask: () => Promise<T> | T,
  isWanted: (answer: T) => boolean,
  deadlineMs = 15_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`Not as wanted after ${deadlineMs} ms: ${inspect(answer)}`);
    await delay(20);
  }
}
