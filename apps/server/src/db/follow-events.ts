import type { JobEvent } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Which events are wanted: those of one job, or all. */
export interface EventFilter {
  job_id?: string | undefined;
}

/** Events whose id is above `after`, in order, at most `limit`. */
export async function findEventsAfter(
  db: Database,
  { job_id, after, limit }: EventFilter & { after: number; limit: number },
): Promise<JobEvent[]> {
  const where = { id: { gt: after }, ...(job_id === undefined ? {} : { job_id }) };
  const rows = await db.event.findMany({ where, orderBy: { id: 'asc' }, take: limit });
  return rows.map(({ id, type, job_id: jobId, batch_id, created_at, data }) => ({
    id,
    type,
    job_id: jobId,
    batch_id,
    created_at,
    data: data === null ? {} : (JSON.parse(data) as JobEvent['data']),
  }));
}

/** The id of the newest event, 0 before the first. */
export async function newestEventId(db: Database): Promise<number> {
  const { _max } = await db.event.aggregate({ _max: { id: true } });
  return _max.id ?? 0;
}
