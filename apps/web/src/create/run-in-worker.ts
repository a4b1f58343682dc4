import { InputError } from './input-error.ts';
import type { TaskKind, WorkerAnswer, WorkerTasks } from './worker-tasks.ts';

/** How to follow and stop work. */
export interface WorkOptions<Progress> {
  /** Told at most ten times a second. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the work at once; the promise is rejected with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Does a task in a worker of its own, which ends with it. Rejected with an `InputError` when that cannot be, and with the
 * reason of `signal`.
 */
export async function runInWorker<Kind extends TaskKind>(
  task: WorkerTasks[Kind]['task'],
  { onProgress, signal }: WorkOptions<WorkerTasks[Kind]['progress']> = {},
): Promise<WorkerTasks[Kind]['result']> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<WorkerTasks[Kind]['result']>();
  const abort = () => reject(signal?.reason);
  const worker = startWorker();
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    if (data.kind === 'progress') onProgress?.(data.progress);
    else if (data.kind === 'done') resolve(data.result);
    else reject(new InputError(data.code, data.message));
  });
  // Of a worker that was never loaded the event has no message.
  worker.addEventListener('error', ({ message }) =>
    reject(new InputError('worker_failed', message || 'The worker could not be loaded.')),
  );
  worker.addEventListener('messageerror', () =>
    reject(new InputError('worker_failed', 'The answer of the worker could not be read.')),
  );
  signal?.addEventListener('abort', abort);
  try {
    worker.postMessage(task);
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    worker.terminate();
  }
}

function startWorker(): Worker {
  try {
    return new Worker(new URL('./input-worker.ts', import.meta.url), { type: 'module' });
  } catch (thrown) {
    throw new InputError('worker_failed', String(thrown));
  }
}
