import { setTimeout as delay } from 'node:timers/promises';
import { BatchdeskError } from '@batchdesk/shared';
import type { FollowEvents, JobEvent } from '@batchdesk/shared';
import { findEventsAfter, newestEventId } from '../db/follow-events.ts';
import { findJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';

/** Milliseconds between two looks at the list. */
const LOOK_MS = 400;
/** Events read at once. */
const PAGE = 200;

/**
 * Events as they happen, those after `after` first; without it only what is yet to come. Ends with `signal`.
 *
 * The table is read again and again instead of being told of what is written to it: that works whoever writes, and
 * after a restart. SQLite has one writer at a time, so ids appear in order and none is overtaken. A look costs a search
 * in an index.
 *
 * @throws {BatchdeskError} `job_not_found`
 */
export async function* followEvents(
  { db }: Pick<Deps, 'db'>,
  { job_id, after }: FollowEvents,
  signal: AbortSignal | undefined,
): AsyncGenerator<JobEvent, void, undefined> {
  if (job_id !== undefined && !(await findJob(db, job_id))) {
    throw new BatchdeskError('job_not_found', { details: { job_id } });
  }
  let last = after ?? (await newestEventId(db));
  for (;;) {
    const page = await findEventsAfter(db, { job_id, after: last, limit: PAGE });
    for (const event of page) {
      if (signal?.aborted) return;
      yield event;
      last = event.id;
    }
    if (page.length < PAGE && !(await pause(signal))) return;
  }
}

/** Waits until the next look; false when there is none. */
async function pause(signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await delay(LOOK_MS, undefined, signal ? { signal } : {});
    return true;
  } catch (error) {
    if (!signal?.aborted) throw error;
    return false;
  }
}
