import { Worker } from 'node:worker_threads';
import type { ScanAnswer, ScanMessage } from './scan-messages.ts';

/** One scan in the thread. */
export interface ThreadScan {
  /** Asks for the next step of the scan; answers come in order. Throws when the thread has died. */
  ask(message: ScanMessage): Promise<ScanAnswer>;
  /** Lets the thread forget the scan. */
  end(): void;
}

/** The thread that checks inputs. */
export interface ScanThread {
  open(scan: number): ThreadScan;
  close(): Promise<void>;
}

/** Starts the thread. One that dies (of an input that parses into more than memory holds, say) is replaced. */
export function startScanThread(): ScanThread {
  const waiting = new Map<number, PromiseWithResolvers<ScanAnswer>[]>();
  let worker = launch();

  function launch(): Worker {
    const launched = new Worker(new URL('./scan-worker.ts', import.meta.url), {
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: 4 }, // lines die young: more would only be more memory
    });
    launched.on('message', (answer: ScanAnswer) => waiting.get(answer.scan)?.shift()?.resolve(answer));
    launched.on('error', replace);
    launched.on('messageerror', replace);
    return launched;
  }

  function replace(error: unknown): void {
    void worker.terminate();
    const lost = [...waiting.values()].flat();
    waiting.clear();
    worker = launch();
    for (const { reject } of lost) reject(error);
  }

  function open(scan: number): ThreadScan {
    const thread = worker;
    const queue: PromiseWithResolvers<ScanAnswer>[] = [];
    waiting.set(scan, queue);
    return {
      async ask(message) {
        // Another thread knows nothing of what this one has read so far.
        if (thread !== worker) throw new Error('The thread that checked this input has died.');
        const answer = Promise.withResolvers<ScanAnswer>();
        queue.push(answer);
        thread.postMessage(message);
        return answer.promise;
      },
      end() {
        waiting.delete(scan);
        thread.postMessage({ kind: 'drop', scan } satisfies ScanMessage);
      },
    };
  }

  return { open, close: async () => void (await worker.terminate()) };
}
