import { JOB_STATES } from '@batchdesk/shared';
import type { CountJobs, CountJobsAnswer } from '@batchdesk/shared';
import { countJobs as countStored } from '../db/count-jobs.ts';
import type { Deps } from '../deps.ts';

/** How many jobs match, by state; `is_partial` where looking at all would take long. */
export async function countJobs({ db }: Pick<Deps, 'db'>, query: CountJobs): Promise<CountJobsAnswer> {
  const { counts, isPartial } = await countStored(db, query);
  const entries = JOB_STATES.map((state) => [state, counts.get(state) ?? 0] as const);
  return {
    success: true,
    total: entries.reduce((sum, [, count]) => sum + count, 0),
    by_state: Object.fromEntries(entries) as CountJobsAnswer['by_state'],
    ...(isPartial ? { is_partial: true } : {}),
  };
}
