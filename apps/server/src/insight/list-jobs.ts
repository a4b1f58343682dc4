import { BatchdeskError } from '@batchdesk/shared';
import type { Job, ListJobs, ListJobsAnswer } from '@batchdesk/shared';
import { placeOf, readJobs } from '../db/job-pages.ts';
import { summarizeJobs } from '../db/job-summaries.ts';
import { findJob } from '../db/jobs.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { readJobBudgets } from '../pricing/job-budgets.ts';
import { BATCH_IDS, toJobView } from './job-view.ts';

/**
 * A page of the jobs that match, in the order that is asked for. A job whose value changes meanwhile changes its place: it may
 * be on two pages, or on none.
 *
 * @throws {BatchdeskError} `invalid_value` for an `after` that no job has
 */
export async function listJobs({ db }: Pick<Deps, 'db'>, query: ListJobs): Promise<ListJobsAnswer> {
  const { limit, after: afterId, sort, order, ...filters } = query;
  const after = afterId === undefined ? undefined : await findJob(db, afterId);
  if (after === null) {
    const reason = 'no job has this id. Take last_id of the page before.';
    throw new BatchdeskError('invalid_value', { param: 'after', details: { reason } });
  }
  // One more tells whether there are more.
  const page = { sort, order, after: after && placeOf(after, { sort, order }), limit: limit + 1 };
  const rows = await readJobs(db, filters, page);
  const shown = rows.slice(0, limit);
  return {
    success: true,
    object: 'list',
    data: await showJobs({ db }, shown, { maxBatchIds: BATCH_IDS }),
    first_id: shown[0]?.id ?? null,
    last_id: shown.at(-1)?.id ?? null,
    has_more: rows.length > shown.length,
  };
}

/** Jobs as their users see them. */
export async function showJobs(
  { db }: Pick<Deps, 'db'>,
  jobs: readonly StoredJob[],
  options: { maxBatchIds: number },
): Promise<Job[]> {
  const ids = jobs.map(({ id }) => id);
  const summaries = await summarizeJobs(db, ids, options);
  const budgets = await readJobBudgets({ db }, ids);
  return jobs.map((job) => toJobView(job, summaries.get(job.id), budgets.get(job.id)));
}
