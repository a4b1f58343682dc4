import type { JobState } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { findFewJobs } from './few-jobs.ts';
import { Prisma } from './generated/client.ts';
import { stretchJobs } from './job-stretches.ts';
import { countByKind } from './job-totals.ts';
import { isWithin, matchJob } from './select-jobs.ts';
import type { JobQuery } from './select-jobs.ts';

/** Matching jobs after which no more are looked for, and stretches that are looked through: half a second at most. */
const MATCHES = 10_000;
const STRETCHES = 50;

/** How many jobs are in each state; `isPartial` when not all were looked at. */
export interface JobCountsByState {
  counts: Map<JobState, number>;
  isPartial: boolean;
}

/** Counts the jobs that match: by what is kept of them where that says it, otherwise one by one, the newest first. */
export async function countJobs(db: Database, query: JobQuery): Promise<JobCountsByState> {
  const kept = await countByKind(db, query);
  if (kept.size === 0 || !mustLook(query)) return { counts: kept, isPartial: false };
  const few = await findFewJobs(db, query);
  const counts = new Map<JobState, number>();
  if (few) {
    await add(
      db,
      counts,
      Prisma.sql`FROM jobs INDEXED BY sqlite_autoindex_jobs_1
        WHERE id IN (${few}) AND ${matchJob(query)} AND ${isWithin(query)}`,
    );
    return { counts, isPartial: false };
  }
  let [matches, stretches] = [0, 0];
  for await (const stretch of stretchJobs(db, query, { sort: 'created_at', order: 'desc' })) {
    if (matches >= MATCHES || stretches === STRETCHES) return { counts, isPartial: true };
    matches += await add(db, counts, stretch);
    stretches += 1;
  }
  return { counts, isPartial: false };
}

/** Whether a query has filters that `job_totals` does not know. */
function mustLook({
  ids,
  model,
  q,
  metadata,
  created_after,
  created_before,
  input_sha256,
}: JobQuery): boolean {
  return [ids, model, q, metadata, created_after, created_before, input_sha256].some(
    (value) => value !== undefined,
  );
}

async function add(db: Database, counts: Map<JobState, number>, matching: Prisma.Sql): Promise<number> {
  const groups = await db.$queryRaw<{ state: JobState; jobs: bigint }[]>`
    SELECT state, count(*) AS jobs ${matching} GROUP BY state`;
  for (const { state, jobs } of groups) counts.set(state, (counts.get(state) ?? 0) + Number(jobs));
  return groups.reduce((sum, { jobs }) => sum + Number(jobs), 0);
}
