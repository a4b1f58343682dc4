import type { ErrorGroup, Job, RetryJob } from '@batchdesk/shared';
import { countFailed } from '../../../format/progress.ts';

/** What is sent again, and how many requests that is. */
export interface RetryChoice {
  which: RetryJob;
  count: number;
}

/** The requests of one group, and no others. */
export function chooseGroup({ outcome, error_code, status_code, count }: ErrorGroup): RetryChoice {
  return { which: { groups: [{ outcome, error_code, status_code }] }, count };
}

/** All that failed; what somebody cancelled did not. */
export function chooseFailed({ counts }: Pick<Job, 'counts'>): RetryChoice {
  return { which: { outcomes: ['failed', 'expired', 'missing'] }, count: countFailed(counts) };
}
