import type { Batch, Job, SubmissionView } from '@batchdesk/shared';

/** What a batch goes through between being handed in and its end. */
export const STEPS = [
  'waiting',
  'validating',
  'in_progress',
  'finalizing',
  'cancelling',
  'collecting',
] as const;

/** What a batch goes through. */
export type Step = (typeof STEPS)[number];

/** One part on its way: where it is, and when it came to what. */
export interface Part {
  /** The step it is in; `ended` when it is through. */
  at: Step | 'ended';
  /** Unix seconds at which each step began, as far as these are known. */
  began: Partial<Record<Step, number>>;
  ended: number | null;
  /** The step in which it came to nothing. */
  failedIn: Step | null;
  /** There when nothing is known of its steps but where it is: its batch is not given. */
  isUnknown?: true;
}

/** The parts of a job on their way. Of batches that are not given only the status is known. */
export function partsOf(
  job: Job,
  submissions: readonly SubmissionView[],
  batches: ReadonlyMap<string, Batch>,
): Part[] {
  const first = submissions[0];
  if (!first) return [notSent(job)];
  return submissions.map((submission) => {
    const batch = batches.get(submission.batch_id ?? '');
    // The first are there as soon as the job is; what was handed in before that was already on its way.
    const created = submission.created_at === first.created_at ? job.created_at : submission.created_at;
    if (batch) return ofBatch(batch, { job, created, settled: submission.settled_at });
    const { batch_status: status, settled_at: ended } = submission;
    if (status) {
      const at = stepOf(status, ended !== null);
      return { at, began: { waiting: created }, ended, failedIn: null, isUnknown: true };
    }
    const hasEnded = submission.status === 'failed' || submission.status === 'cancelled';
    return {
      at: hasEnded ? 'ended' : 'waiting',
      began: { waiting: created },
      ended: hasEnded ? (ended ?? job.finished_at) : null,
      failedIn: submission.status === 'failed' ? 'waiting' : null,
    };
  });
}

/** The parts of a job of which only its batches are known: it was made elsewhere. */
export function partsOfBatches(job: Job, batches: readonly Batch[]): Part[] {
  if (batches.length > 0) {
    return batches.map((batch) => ofBatch(batch, { job, created: batch.created_at, settled: null }));
  }
  const at = job.state === 'waiting' ? 'waiting' : stepOf(job.state, true);
  return [{ at, began: {}, ended: job.finished_at, failedIn: null, isUnknown: true }];
}

interface Surroundings {
  job: Job;
  created: number;
  settled: number | null;
}

function ofBatch(batch: Batch, { job, created, settled }: Surroundings): Part {
  const ended = batch.completed_at ?? batch.failed_at ?? batch.expired_at ?? batch.cancelled_at;
  const at = stepOf(batch.status, settled !== null || job.kind === 'imported');
  const began: Part['began'] = { waiting: created, validating: batch.created_at };
  if (batch.in_progress_at !== null) began.in_progress = batch.in_progress_at;
  if (batch.finalizing_at !== null) began.finalizing = batch.finalizing_at;
  if (batch.cancelling_at !== null) began.cancelling = batch.cancelling_at;
  if (ended !== null && job.kind !== 'imported') began.collecting = ended;
  const hasFailed = batch.status === 'failed' || batch.status === 'expired';
  return {
    at,
    began,
    ended: at === 'ended' ? (settled ?? ended) : null,
    failedIn: hasFailed ? lastStep(began) : null,
  };
}

function stepOf(status: Batch['status'], isThrough: boolean): Part['at'] {
  switch (status) {
    case 'completed':
    case 'failed':
    case 'expired':
    case 'cancelled':
      return isThrough ? 'ended' : 'collecting';
    default:
      return status;
  }
}

/** The last step before what it left was collected. */
function lastStep(began: Part['began']): Step {
  const known = STEPS.filter((step) => step !== 'collecting' && began[step] !== undefined);
  return known.at(-1) ?? 'validating';
}

function notSent({ created_at, finished_at }: Job): Part {
  return {
    at: finished_at === null ? 'waiting' : 'ended',
    began: { waiting: created_at },
    ended: finished_at,
    failedIn: null,
  };
}
