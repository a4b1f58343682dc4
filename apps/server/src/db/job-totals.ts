import type { JobState } from '@batchdesk/shared';
import type { Database } from './database.ts';
import type { Prisma } from './generated/client.ts';
import type { JobQuery } from './select-jobs.ts';

/** How many jobs are in each state, by what is kept of them: filters other than the columns of `job_totals` are left aside. */
export async function countByKind(db: Database, query: JobQuery): Promise<Map<JobState, number>> {
  const { state, status, kind, endpoint, has_errors } = query;
  const where: Prisma.JobTotalWhereInput = { status: status ?? { not: 'accepting' } };
  if (state !== undefined) where.state = state;
  if (kind !== undefined) where.kind = kind;
  if (endpoint !== undefined) where.endpoint = endpoint;
  if (has_errors !== undefined) where.has_errors = has_errors;
  const groups = await db.jobTotal.groupBy({ by: ['state'], where, _sum: { jobs: true } });
  return new Map(groups.map((group) => [group.state as JobState, group._sum.jobs ?? 0]));
}
