import type { Deps } from '../deps.ts';

/** Ends a job early: nothing more is sent, its batches are cancelled. */
export async function cancelJob(
  _deps: Pick<Deps, 'db' | 'provider' | 'log'>,
  _jobId: string,
): Promise<void> {}
