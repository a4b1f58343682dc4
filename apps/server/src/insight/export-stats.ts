import { BatchdeskError, STATS_CSV_HEADER } from '@batchdesk/shared';
import type { StatsGroup, StatsQuery } from '@batchdesk/shared';
import { readTotals } from '../db/stats.ts';
import { addUp } from '../db/stats-sums.ts';
import type { Deps } from '../deps.ts';
import { toCsv, toDecimal } from './csv.ts';
import type { CsvRow } from './csv.ts';
import { viewGroup } from './stats-view.ts';

/** Groups that a file has: a spreadsheet has room for twenty times as many rows. */
const MAX_GROUPS = 50_000;

/**
 * Totals as CSV: a row for each group; without groups one for all batches.
 *
 * @throws {BatchdeskError} `too_many_groups`
 */
export async function exportStats({ db }: Pick<Deps, 'db'>, query: StatsQuery): Promise<string> {
  const { statuses, times, groups } = await readTotals(db, query, MAX_GROUPS + 1);
  if (groups.length > MAX_GROUPS) {
    throw new BatchdeskError('too_many_groups', { details: { max_groups: MAX_GROUPS } });
  }
  const all = { name: '', times, ...addUp(statuses) };
  return toCsv([
    STATS_CSV_HEADER,
    ...(query.group_by ? groups : [all]).map((group) => toRow(viewGroup(group))),
  ]);
}

function toRow(group: StatsGroup): CsvRow {
  const { request_counts: requests, usage, success_rate, time_to_completion, wait_for_capacity } = group;
  return [
    group.group,
    group.total_batches,
    requests.total,
    requests.completed,
    requests.failed,
    usage.input_tokens,
    usage.cached_tokens,
    usage.output_tokens,
    usage.reasoning_tokens,
    usage.total_tokens,
    toDecimal(group.cost),
    toDecimal(group.synchronous_cost),
    toDecimal(group.savings),
    group.unpriced_batches,
    success_rate.requests,
    success_rate.batches,
    time_to_completion.batches,
    time_to_completion.median,
    time_to_completion.p95,
    wait_for_capacity.batches,
    wait_for_capacity.median,
    wait_for_capacity.p95,
  ];
}
