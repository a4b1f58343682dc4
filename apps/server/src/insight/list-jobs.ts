import { BatchdeskError } from '@batchdesk/shared';
import type { Job, ListJobs, ListJobsAnswer } from '@batchdesk/shared';
import { placeOf, readJobs } from '../db/job-pages.ts';
import type { JobPlace } from '../db/job-stretches.ts';
import { summarizeJobs } from '../db/job-summaries.ts';
import { findJob } from '../db/jobs.ts';
import type { StoredJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { readJobBudgets } from '../pricing/job-budgets.ts';
import { BATCH_IDS, toJobView } from './job-view.ts';

/**
 * A page of the jobs that match, in the order that is asked for. A job whose value changes meanwhile changes its place: it may
 * be on two pages, or on none. `next` tells the place of the last one, so that the pages go on when that is deleted.
 *
 * @throws {BatchdeskError} `invalid_value` for an `after` that is no place and that no job has
 */
export async function listJobs({ db }: Pick<Deps, 'db'>, query: ListJobs): Promise<ListJobsAnswer> {
  const { limit, after: written, sort, order, ...filters } = query;
  const after = written === undefined ? undefined : await findPlace({ db }, written, { sort, order });
  // One more tells whether there are more.
  const rows = await readJobs(db, filters, { sort, order, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    success: true,
    object: 'list',
    data: await showJobs({ db }, shown, { maxBatchIds: BATCH_IDS }),
    first_id: shown[0]?.id ?? null,
    last_id: shown.at(-1)?.id ?? null,
    has_more: last !== undefined,
    next: last ? writePlace(placeOf(last, { sort, order })) : null,
  };
}

/** The place after which a page begins: as `next` has it, or that of the job of this id. */
async function findPlace(
  { db }: Pick<Deps, 'db'>,
  written: string,
  order: Pick<ListJobs, 'sort' | 'order'>,
): Promise<JobPlace> {
  const place = readPlace(written);
  if (place) return place;
  const job = await findJob(db, written);
  if (job) return placeOf(job, order);
  const reason = 'no job has this id. Take next of the page before.';
  throw new BatchdeskError('invalid_value', { param: 'after', details: { reason } });
}

/** A place as text: the value by which the list is sorted, nothing where there is none, a colon and the id. */
function writePlace({ value, id }: JobPlace): string {
  return `${value ?? ''}:${id}`;
}

function readPlace(written: string): JobPlace | null {
  const [, value, id] = /^(-?\d{1,18})?:(\S+)$/.exec(written) ?? [];
  return id === undefined ? null : { value: value === undefined ? null : BigInt(value), id };
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
