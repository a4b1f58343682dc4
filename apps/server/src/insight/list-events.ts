import type { ListEvents, ListEventsAnswer } from '@batchdesk/shared';
import { readEvents } from '../db/event-pages.ts';
import type { Deps } from '../deps.ts';
import { findKnownJob } from './find-known-job.ts';

/**
 * A page of what happened to a job, oldest first unless told.
 *
 * @throws {BatchdeskError} `job_not_found`
 */
export async function listEvents(
  deps: Pick<Deps, 'db'>,
  jobId: string,
  { limit, ...place }: ListEvents,
): Promise<ListEventsAnswer> {
  await findKnownJob(deps, jobId);
  const events = await readEvents(deps.db, jobId, { ...place, limit: limit + 1 });
  const data = events.slice(0, limit);
  return {
    success: true,
    object: 'list',
    data,
    last_id: data.at(-1)?.id ?? null,
    has_more: events.length > limit,
  };
}
