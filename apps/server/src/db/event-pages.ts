import type { JobEvent, ListEvents } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Up to `limit` events of a job after one of them, oldest first. */
export async function readEvents(
  db: Database,
  job_id: string,
  { after, limit }: ListEvents,
): Promise<JobEvent[]> {
  const rows = await db.event.findMany({
    where: { job_id, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(({ data, ...row }) => ({
    ...row,
    data: data === null ? {} : (JSON.parse(data) as JobEvent['data']),
  }));
}
