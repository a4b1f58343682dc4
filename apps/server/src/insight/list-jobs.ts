import { BatchdeskError } from '@batchdesk/shared';
import type { ListJobs, ListJobsAnswer } from '@batchdesk/shared';
import { readJobs } from '../db/job-pages.ts';
import { summarizeJobs } from '../db/job-summaries.ts';
import { findJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { readJobBudgets } from '../pricing/job-budgets.ts';
import { BATCH_IDS, toJobView } from './job-view.ts';

/**
 * A page of jobs, newest first.
 *
 * @throws {BatchdeskError} `invalid_value` for an `after` that no job has
 */
export async function listJobs({ db }: Pick<Deps, 'db'>, query: ListJobs): Promise<ListJobsAnswer> {
  const after = query.after === undefined ? undefined : await findJob(db, query.after);
  if (after === null) {
    const reason = 'no job has this id. Take last_id of the page before.';
    throw new BatchdeskError('invalid_value', { param: 'after', details: { reason } });
  }
  // One more tells whether there are more.
  const rows = await readJobs(db, { ...query, limit: query.limit + 1 }, after);
  const shown = rows.slice(0, query.limit);
  const ids = shown.map(({ id }) => id);
  const summaries = await summarizeJobs(db, ids, { maxBatchIds: BATCH_IDS });
  const budgets = await readJobBudgets({ db }, ids);
  return {
    success: true,
    object: 'list',
    data: shown.map((job) => toJobView(job, summaries.get(job.id), budgets.get(job.id))),
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
    has_more: rows.length > shown.length,
  };
}
