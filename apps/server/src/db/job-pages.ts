import type { ListJobs } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { StoredJob } from './jobs.ts';

/**
 * Up to `limit` jobs after one of them, newest first: from an index with that order, of the status or the kind where one is
 * asked for.
 */
export async function readJobs(
  db: Database,
  { status, kind, limit }: Pick<ListJobs, 'status' | 'kind' | 'limit'>,
  after: Pick<StoredJob, 'created_at' | 'id'> | undefined,
): Promise<StoredJob[]> {
  const conditions = [Prisma.sql`status <> 'accepting'`];
  if (after) conditions.push(Prisma.sql`(created_at, id) < (${after.created_at}, ${after.id})`);
  if (status !== undefined) conditions.push(Prisma.sql`status = ${status}`);
  if (kind !== undefined) conditions.push(Prisma.sql`kind = ${kind}`);
  const filter = status === undefined ? (kind === undefined ? '' : 'kind_') : 'status_';
  return db.$queryRaw<StoredJob[]>`
    SELECT * FROM jobs INDEXED BY ${Prisma.raw(`jobs_${filter}created_at_id_idx`)} WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
}
