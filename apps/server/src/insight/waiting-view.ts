import type { Job, WaitReason } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { WaitingSubmission } from '../db/job-summaries.ts';
import { monthOf } from '../month.ts';

/** Whether a submission has a place in the queue. */
export function isQueued({ status }: { status: string }): boolean {
  return ['planned', 'waiting_for_capacity'].includes(status);
}

/** What a submission waits for, and until when where that is known; `null` when it does not wait. */
export function waitingOf(
  submission: Omit<WaitingSubmission, 'wait_reason'> & { wait_reason: string | null },
): Job['waiting'] {
  const { status, wait_reason, not_before, blocked_until } = submission;
  if (wait_reason === null || !(isQueued(submission) || status === 'uploading')) return null;
  const month = wait_reason === 'month_budget' ? monthOf(nowSeconds()).end : 0;
  // What a budget holds has no place in the queue of its model.
  const isHeld = wait_reason === 'job_budget' || wait_reason === 'month_budget';
  const blocked = isHeld || !isQueued(submission) ? 0 : blocked_until;
  const until = Math.max(not_before, blocked, month);
  return { reason: wait_reason as WaitReason, until: until > nowSeconds() ? until : null };
}
