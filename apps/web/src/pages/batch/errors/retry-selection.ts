import type { ErrorGroup, RetryJob } from '@batchdesk/shared';

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
export function chooseFailed(groups: readonly ErrorGroup[]): RetryChoice {
  const failed = groups.filter(({ outcome }) => outcome !== 'cancelled');
  return {
    which: { outcomes: ['failed', 'expired', 'missing'] },
    count: failed.reduce((sum, { count }) => sum + count, 0),
  };
}
