import type { JobEvent, ListEvents } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Up to `limit` events of a job that come after one of them in an order; from the first of it when `after` is 0. */
export async function readEvents(
  db: Database,
  job_id: string,
  { after, limit, order }: ListEvents,
): Promise<JobEvent[]> {
  const rows = await db.event.findMany({
    where: { job_id, ...(after === 0 ? {} : { id: order === 'asc' ? { gt: after } : { lt: after } }) },
    orderBy: { id: order },
    take: limit,
  });
  return rows.map(({ data, ...row }) =>
    Object.assign(row, { data: data === null ? {} : (JSON.parse(data) as JobEvent['data']) }),
  );
}
