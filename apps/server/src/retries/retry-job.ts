import type { RetryJob } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';

/** Tries again what did not succeed. */
export async function retryJob(
  _deps: Pick<Deps, 'db' | 'provider' | 'log' | 'step'>,
  _command: RetryJob & { job_id: string; idempotency_key?: string | undefined },
): Promise<void> {}
