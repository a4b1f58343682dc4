import type { Job } from '@batchdesk/shared';
import { canCancel, canDelete, canRetry, countOpen, countRetriable } from './job-facts.ts';

/** What can be done with several at once. */
export const BULK_ACTIONS = ['cancel', 'retry', 'delete'] as const;

/** What can be done with several at once. */
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** What an action would do to some jobs, exactly. */
export interface BulkPlan {
  action: BulkAction;
  /** Those it can be done to. */
  jobs: Job[];
  /** Requests of theirs that it is about. */
  requestCount: number;
  /** Those that stay as they are. */
  otherCount: number;
}

const CAN: Record<BulkAction, (job: Job) => boolean> = {
  cancel: canCancel,
  retry: canRetry,
  delete: canDelete,
};
const COUNT: Record<BulkAction, (job: Job) => number> = {
  cancel: countOpen,
  retry: countRetriable,
  delete: ({ counts }) => counts.total,
};

/** What an action would do to jobs. */
export function planBulk(action: BulkAction, jobs: readonly Job[]): BulkPlan {
  const able = jobs.filter(CAN[action]);
  return {
    action,
    jobs: able,
    requestCount: able.reduce((sum, job) => sum + COUNT[action](job), 0),
    otherCount: jobs.length - able.length,
  };
}
