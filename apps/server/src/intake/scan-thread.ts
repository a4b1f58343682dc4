import { Worker } from 'node:worker_threads';
import type { ScanAnswer, ScanMessage, ScanQuestion, ScanSettings } from './scan-messages.ts';

/** One scan in the thread. */
export interface ThreadScan {
  /** Asks for the next step of the scan; answers come in order. Throws when the thread has died. */
  ask(question: ScanQuestion): Promise<ScanAnswer>;
  /** Lets the thread forget the scan. */
  end(): void;
}

/** The thread that checks inputs. */
export interface ScanThread {
  open(scan: number, settings: ScanSettings): ThreadScan;
  close(): Promise<void>;
}

/** Starts the thread. When it dies (of an input that parses into more than memory holds, say) the next scan gets another. */
export function startScanThread(): ScanThread {
  const waiting = new Map<number, PromiseWithResolvers<ScanAnswer>[]>();
  let worker: Worker | null = launch();

  function launch(): Worker {
    const launched = new Worker(new URL('./scan-worker.ts', import.meta.url), {
      execArgv: [],
      // Lines die young: more would only be more memory. Much less makes a line of many small values slow.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    });
    launched.on('message', (answer: ScanAnswer) => waiting.get(answer.scan)?.shift()?.resolve(answer));
    launched.on('error', (error) => giveUp(launched, error));
    launched.on('messageerror', (error) => giveUp(launched, error));
    return launched;
  }

  function giveUp(dead: Worker, error: unknown): void {
    void dead.terminate();
    if (dead !== worker) return;
    worker = null;
    const lost = [...waiting.values()].flat();
    waiting.clear();
    for (const { reject } of lost) reject(error);
  }

  function open(scan: number, settings: ScanSettings): ThreadScan {
    const thread = (worker ??= launch());
    const queue: PromiseWithResolvers<ScanAnswer>[] = [];
    const tell = (message: ScanMessage) => thread.postMessage(message);
    waiting.set(scan, queue);
    tell({ kind: 'open', scan, settings });
    return {
      async ask(question) {
        // Another thread knows nothing of what this one has read so far.
        if (thread !== worker) throw new Error('The thread that checked this input has died.');
        const answer = Promise.withResolvers<ScanAnswer>();
        queue.push(answer);
        tell(question);
        return answer.promise;
      },
      end() {
        waiting.delete(scan);
        tell({ kind: 'drop', scan });
      },
    };
  }

  return { open, close: async () => void (await worker?.terminate()) };
}
