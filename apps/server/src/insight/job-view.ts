import type { BudgetState, Job, JobCounts, Metadata, RetryPolicy } from '@batchdesk/shared';
import type { JobSummary } from '../db/job-summaries.ts';
import type { StoredJob } from '../db/jobs.ts';
import { removeMark } from '../submission-mark.ts';
import { warnOfMetadata } from './metadata-warnings.ts';
import { sumCosts } from './sum-costs.ts';
import { waitingOf } from './waiting-view.ts';

/** Batch ids that a job is shown with. */
export const BATCH_IDS = 1_000;

/** A job as its user sees it. */
export function toJobView(
  job: StoredJob,
  summary: JobSummary | undefined,
  budget: BudgetState | undefined,
): Job {
  const { id, name, endpoint, completion_deadline, created_at, finished_at } = job;
  const isImported = job.kind === 'imported';
  const counts = countsOf(job, summary);
  const stored = job.metadata === null ? null : (JSON.parse(job.metadata) as Metadata);
  return {
    id,
    object: 'job',
    kind: job.kind as Job['kind'],
    name,
    status: job.status as Job['status'],
    state: job.state as Job['state'],
    provider: job.provider as Job['provider'],
    endpoint,
    models: summary?.models ?? [],
    // What was made here is stored as it was given; what comes from the provider may carry our mark.
    metadata: isImported ? removeMark(stored) : stored,
    retry: job.retry === null ? null : (JSON.parse(job.retry) as RetryPolicy),
    completion_deadline,
    counts,
    answered: answeredOf(summary, counts),
    cost: viewCost(summary),
    usage: summary?.usage ?? null,
    budget: budget ?? null,
    batch_count: summary?.batch_count ?? 0,
    batch_ids: summary?.batch_ids ?? [],
    batch_id: summary?.batch_id ?? null,
    waiting: summary?.waiting ? waitingOf(summary.waiting) : null,
    ...(summary?.stuck ? { stuck: summary.stuck } : {}),
    expires_at: summary?.expires_at ?? null,
    input_sha256: job.input_sha256,
    input_bytes: job.input_bytes === null ? null : Number(job.input_bytes),
    created_at,
    finished_at,
    ...(isImported ? {} : warnOfMetadata(stored)),
  };
}

function viewCost(summary: JobSummary | undefined): Job['cost'] {
  const costs = summary?.costs ?? NO_COSTS;
  const { cost: amount, synchronous_cost: synchronous, savings } = sumCosts(costs);
  return { currency: 'usd', amount, synchronous, savings, unpriced_batches: costs.unpriced };
}

const NO_COSTS: JobSummary['costs'] = { cost: 0n, synchronous_cost: 0n, unpriced: 0 };

const NONE: JobCounts = {
  total: 0,
  pending: 0,
  submitted: 0,
  succeeded: 0,
  failed: 0,
  expired: 0,
  cancelled: 0,
  missing: 0,
};

function countsOf(job: StoredJob, summary: JobSummary | undefined): JobCounts {
  if (!summary) return NONE;
  const isSeenOnly = job.kind === 'imported' && summary.settled === 0;
  if (job.total_requests === null || isSeenOnly) return countsOfBatches(summary);
  const total = job.total_requests;
  const settled = Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0);
  // Whatever is written at this moment: they add up to the total.
  const rest = Math.max(0, total - settled);
  const submitted = Math.min(rest, summary.submitted);
  return { ...NONE, ...summary.outcomes, total: settled + rest, submitted, pending: rest - submitted };
}

/** Never more than are submitted: what is counted already is none of these. */
function answeredOf(summary: JobSummary | undefined, { submitted }: JobCounts): Job['answered'] {
  const completed = Math.min(submitted, summary?.answered.completed ?? 0);
  return { completed, failed: Math.min(submitted - completed, summary?.answered.failed ?? 0) };
}

/** Where the provider alone knows the requests: what it says of them. */
function countsOfBatches({ batch_counts: { total, completed, failed } }: JobSummary): JobCounts {
  const submitted = Math.max(0, total - completed - failed);
  return { ...NONE, total: completed + failed + submitted, succeeded: completed, failed, submitted };
}
