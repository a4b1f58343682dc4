/** OpenAI's eight batch statuses. Source: OpenAI's API description, `Batch.status`. */
export const BATCH_STATUSES = [
  'validating',
  'in_progress',
  'finalizing',
  'completed',
  'failed',
  'expired',
  'cancelling',
  'cancelled',
] as const;

/** One of OpenAI's eight batch statuses. */
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** How a status is shown: what it means for the person who waits, not a colour. */
export type StatusTone = 'waiting' | 'active' | 'success' | 'failure' | 'neutral';

interface StatusFacts {
  /** How far the batch has come. A status never goes back to a lower one. */
  rank: number;
  tone: StatusTone;
}

const FACTS: Record<BatchStatus, StatusFacts> = {
  validating: { rank: 0, tone: 'waiting' },
  in_progress: { rank: 1, tone: 'active' },
  finalizing: { rank: 2, tone: 'active' },
  cancelling: { rank: 3, tone: 'waiting' },
  completed: { rank: 4, tone: 'success' },
  failed: { rank: 4, tone: 'failure' },
  expired: { rank: 4, tone: 'failure' },
  cancelled: { rank: 4, tone: 'neutral' },
};

/** The statuses in which the provider still works on a batch. */
export const ACTIVE_STATUSES: readonly BatchStatus[] = BATCH_STATUSES.filter((status) => !isTerminal(status));

/** Whether a batch in this status will never change again. */
export function isTerminal(status: BatchStatus): boolean {
  return FACTS[status].rank === 4;
}

/** Whether the provider accepts a cancellation in this status. */
export function canCancel(status: BatchStatus): boolean {
  return !isTerminal(status) && status !== 'cancelling';
}

/**
 * Whether a batch may go from one status to another. Answers can arrive late or twice, so an older status must
 * not overwrite a newer one; staying in place is allowed, because counts still move.
 */
export function canMove(from: BatchStatus, to: BatchStatus): boolean {
  return from === to || (!isTerminal(from) && FACTS[to].rank > FACTS[from].rank);
}

/** How to show a status. */
export function statusTone(status: BatchStatus): StatusTone {
  return FACTS[status].tone;
}

/** The outcomes of a request; all but the first two are final. `missing`: no result line came back for it. */
export const REQUEST_OUTCOMES = [
  'pending',
  'submitted',
  'succeeded',
  'failed',
  'expired',
  'cancelled',
  'missing',
] as const;

/** What became of one request. */
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

/**
 * The statuses of a job. `completed`: each request has its outcome, whatever it is. `cancelled`: the same, after its user or
 * its deadline ended it early.
 */
export const JOB_STATUSES = ['in_progress', 'cancelling', 'completed', 'cancelled'] as const;

/** The status of a job. */
export type JobStatus = (typeof JOB_STATUSES)[number];

/**
 * How a job is doing, as one batch would: OpenAI's eight statuses, and `waiting` for one of which nothing runs and something is
 * still to be sent. Of several batches that run, one in progress goes before others; of those that ended, the best.
 */
export const JOB_STATES = [
  'waiting',
  'validating',
  'in_progress',
  'finalizing',
  'cancelling',
  'completed',
  'failed',
  'expired',
  'cancelled',
] as const;

/** How a job is doing. */
export type JobState = (typeof JOB_STATES)[number];

/** Whether a job in this state has ended. It goes on only when somebody retries it. */
export function isTerminalState(state: JobState): boolean {
  return state !== 'waiting' && isTerminal(state);
}

/** How to show a state. */
export function stateTone(state: JobState): StatusTone {
  return state === 'waiting' ? 'waiting' : statusTone(state);
}

/** The statuses of a submission, our intent to create one batch. `imported`: somebody else created it. */
export const SUBMISSION_STATUSES = [
  'planning',
  'planned',
  'waiting_for_capacity',
  'uploading',
  'creating',
  'submitted',
  'failed',
  'cancelled',
  'imported',
] as const;

/** The status of a submission. */
export type SubmissionStatus = (typeof SUBMISSION_STATUSES)[number];

/**
 * Why a submission is not sent yet. `token_limit`: no room among the enqueued tokens of its model. `unknown_limit`: what its
 * model has room for is being found out with fewer. `backoff`: the provider refused it for want of room. `creation_rate`:
 * 2,000 batches were created within the hour. `provider_paused`: the account has to be mended. `retry_later`: it could not
 * be sent. `job_budget`, `month_budget`: it would cost more than may be spent. `busy`: others are being sent.
 */
export const WAIT_REASONS = [
  'token_limit',
  'unknown_limit',
  'backoff',
  'creation_rate',
  'provider_paused',
  'retry_later',
  'job_budget',
  'month_budget',
  'busy',
] as const;

/** Why a submission is not sent yet. */
export type WaitReason = (typeof WAIT_REASONS)[number];

/** Makes a `switch` over a closed vocabulary fail to compile when a case is forgotten. Throws if reached. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}
