import { Worker } from 'node:worker_threads';
import { encodingOf } from './token-messages.ts';
import type { CountAnswer, CountQuestion } from './token-messages.ts';

/** Tokens of texts. */
export interface TokenCounts {
  /** Of each text, in their order. */
  counts: number[];
  method: 'tokenizer';
}

/** Counts tokens as a model does. */
export interface TokenCounter {
  /**
   * Tokens of each text; `null` for a model whose encoding is not known. Throws when the thread died of it.
   */
  count(model: string, texts: readonly string[]): Promise<TokenCounts | null>;
  close(): Promise<void>;
}

/** Milliseconds after the last count in which the thread stays: its tables take much memory. */
const IDLE_MS = 60_000;

/** Makes a counter. Its thread starts with the first count, and ends after a while without any. */
export function startTokenCounter({ idleMs = IDLE_MS }: { idleMs?: number } = {}): TokenCounter {
  const waiting = new Map<number, PromiseWithResolvers<number[]>>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  function launch(): Worker {
    const launched = new Worker(new URL('./token-worker.ts', import.meta.url), { execArgv: [] });
    launched.on('message', ({ id, counts, error }: CountAnswer) => {
      const question = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) question?.resolve(counts);
      else question?.reject(error);
      if (waiting.size === 0) idle = setTimeout(() => void end(), idleMs).unref();
    });
    launched.on('error', (error) => giveUp(launched, error));
    launched.on('exit', () => giveUp(launched, new Error('The thread that counts tokens has ended.')));
    return launched;
  }

  function giveUp(dead: Worker, error: unknown): void {
    if (dead !== worker) return;
    worker = null;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { reject } of lost) reject(error);
  }

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ended = worker;
    if (ended) giveUp(ended, new Error('The thread that counts tokens was ended.'));
    await ended?.terminate();
  }

  return {
    async count(model, texts) {
      const encoding = encodingOf(model);
      if (encoding === null) return null;
      clearTimeout(idle);
      const thread = (worker ??= launch());
      const id = (asked += 1);
      const answer = Promise.withResolvers<number[]>();
      waiting.set(id, answer);
      thread.postMessage({ id, encoding, texts } satisfies CountQuestion);
      return { counts: await answer.promise, method: 'tokenizer' };
    },
    close: end,
  };
}
