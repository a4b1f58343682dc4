import { createSignal } from 'solid-js';
import { toFailure } from '../api/failure.ts';
import type { Failure } from '../api/failure.ts';

/** What a toast says while its work goes on, once it is done, and when it failed. */
export interface ToastTexts<T> {
  pending: string;
  done: (result: T) => string;
  /** Whether a part of the work failed: the toast then stays until it is closed. */
  isFailed?: (result: T) => boolean;
  failed: (failure: Failure) => string;
}

const [hasToasts, setHasToasts] = createSignal(false);

/** Whether there was a toast yet: most visits have none, and their code comes with the first. */
export { hasToasts };

/**
 * Shows one toast that goes from pending to done or failed. Answers what `work` gave, or what went wrong: the page goes on
 * either way.
 */
export async function toastWhile<T>(
  work: Promise<T>,
  texts: ToastTexts<T>,
): Promise<{ done: T } | { failure: Failure }> {
  const settled = work.then(
    (done) => ({ done }),
    (thrown: unknown) => ({ failure: toFailure(thrown) }),
  );
  const { showToast } = await loadToasts();
  const id = showToast('pending', texts.pending);
  const result = await settled;
  if ('done' in result)
    showToast(texts.isFailed?.(result.done) ? 'failed' : 'done', texts.done(result.done), id);
  else showToast('failed', texts.failed(result.failure), id);
  return result;
}

/** Shows a sentence: some seconds long, or until it is closed where something failed. */
export async function toast(text: string, tone: 'done' | 'failed' = 'done'): Promise<void> {
  const { showToast } = await loadToasts();
  showToast(tone, text);
}

async function loadToasts() {
  setHasToasts(true);
  return import('../components/toaster.tsx');
}
