import { toFailure } from '../../api/failure.ts';
import type { Failure } from '../../api/failure.ts';

/** Calls under way at a time. */
const AT_ONCE = 4;

/** What became of each. */
export interface RunResult<T> {
  done: T[];
  failed: { item: T; failure: Failure }[];
}

/** Does the same to each item, a few at a time. One that fails keeps no other from its turn. */
export async function runAll<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  atOnce = AT_ONCE,
): Promise<RunResult<T>> {
  const result: RunResult<T> = { done: [], failed: [] };
  const queue = items.values();
  const takeTurns = async () => {
    for (const item of queue) {
      try {
        await work(item);
        result.done.push(item);
      } catch (thrown) {
        result.failed.push({ item, failure: toFailure(thrown) });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
  return result;
}
