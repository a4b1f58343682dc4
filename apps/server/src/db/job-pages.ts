import type { Database } from './database.ts';
import { findFewJobs } from './few-jobs.ts';
import { Prisma } from './generated/client.ts';
import { countByKind } from './job-totals.ts';
import { inOrder, stretchJobs } from './job-stretches.ts';
import type { JobPlace } from './job-stretches.ts';
import type { StoredJob } from './jobs.ts';
import { SORT_COLUMNS, isWithin, matchJob } from './select-jobs.ts';
import type { JobOrder, JobQuery } from './select-jobs.ts';

/** The part of a list of jobs to read; no more of it once `signal` says that nobody waits. */
export interface JobPage extends JobOrder {
  after: JobPlace | undefined;
  limit: number;
  signal?: AbortSignal;
}

/** The place of a job in a list. */
export function placeOf(job: StoredJob, { sort }: JobOrder): JobPlace {
  return { value: job[SORT_COLUMNS[sort]], id: job.id };
}

/**
 * Up to `limit` jobs that match, in order, after a place. Of jobs whose value is the same, and of those without one, the ids
 * decide.
 */
export async function readJobs(db: Database, query: JobQuery, page: JobPage): Promise<StoredJob[]> {
  if ((await countByKind(db, query)).size === 0) return [];
  const few = await findFewJobs(db, query);
  if (few) return sortFew(db, { query, few, page });
  const rows: StoredJob[] = [];
  for await (const stretch of stretchJobs(db, query, page)) {
    const limit = page.limit - rows.length;
    rows.push(...(await db.$queryRaw<StoredJob[]>`SELECT * ${stretch} ${inOrder(page)} LIMIT ${limit}`));
    if (rows.length === page.limit || page.signal?.aborted) break;
  }
  return rows;
}

function sortFew(
  db: Database,
  { query, few, page }: { query: JobQuery; few: Prisma.Sql; page: JobPage },
): Promise<StoredJob[]> {
  const { sort, order, after, limit } = page;
  const column = Prisma.raw(SORT_COLUMNS[sort]);
  const direction = Prisma.raw(order);
  const beyond = Prisma.raw(order === 'desc' ? '<' : '>');
  const isAfter = !after
    ? Prisma.sql`TRUE`
    : after.value === null
      ? Prisma.sql`${column} IS NULL AND id ${beyond} ${after.id}`
      : Prisma.sql`((${column}, id) ${beyond} (${after.value}, ${after.id}) OR ${column} IS NULL)`;
  return db.$queryRaw<StoredJob[]>`
    SELECT * FROM jobs INDEXED BY sqlite_autoindex_jobs_1
    WHERE id IN (${few}) AND ${matchJob(query)} AND ${isWithin(query)} AND ${isAfter}
    ORDER BY ${column} IS NULL, ${column} ${direction}, id ${direction} LIMIT ${limit}`;
}
