// Does one task apart from the page, which would stand still meanwhile.
import { toInputErrorCode } from './input-error.ts';
import { runTask } from './worker-tasks.ts';
import type { WorkerAnswer, WorkerTask } from './worker-tasks.ts';

/** Between two reports of progress. */
const PAUSE_MS = 100;

self.addEventListener('message', ({ data }: MessageEvent<WorkerTask>) => void answer(data));

async function answer(task: WorkerTask): Promise<void> {
  let last = -Infinity;
  try {
    const result = await runTask(task, (progress) => {
      const now = performance.now();
      if (now - last < PAUSE_MS) return;
      last = now;
      post({ kind: 'progress', progress });
    });
    post({ kind: 'done', result });
  } catch (thrown) {
    post({ kind: 'failed', code: toInputErrorCode(thrown), message: String(thrown) });
  }
}

function post(message: WorkerAnswer): void {
  self.postMessage(message);
}
