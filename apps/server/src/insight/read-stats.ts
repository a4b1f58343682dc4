import type { BatchStatus, Stats, StatsQuery } from '@batchdesk/shared';
import { readTotals } from '../db/stats.ts';
import { addUp } from '../db/stats-sums.ts';
import type { NamedSums, Sums } from '../db/stats-sums.ts';
import type { Deps } from '../deps.ts';
import { viewGroup, viewRates, viewTotals } from './stats-view.ts';

/** Groups that an answer lists. */
const MAX_GROUPS = 1_000;

/**
 * Totals over the batches that a query asks for, and over each of its groups.
 *
 * @throws {BatchdeskError} `too_many_groups` for a metadata key of too many values
 */
export async function readStats({ db }: Pick<Deps, 'db'>, query: StatsQuery = {}): Promise<Stats> {
  const { statuses, models, endpoints, times, groups } = await readTotals(db, query, MAX_GROUPS + 1);
  const sums = addUp(statuses);
  return {
    ...viewTotals(sums),
    by_status: byName(statuses, ({ batches }) => Number(batches)) as Record<BatchStatus, number>,
    ...viewRates(sums, times),
    by_model: byName(models, viewTotals),
    by_endpoint: byName(endpoints, viewTotals),
    ...(query.group_by ? { groups: groups.slice(0, MAX_GROUPS).map(viewGroup) } : {}),
    ...(groups.length > MAX_GROUPS ? { has_more_groups: true as const } : {}),
  };
}

function byName<T>(rows: readonly NamedSums[], view: (sums: Sums) => T): Record<string, T> {
  return Object.fromEntries(rows.map((row) => [row.name, view(row)]));
}
