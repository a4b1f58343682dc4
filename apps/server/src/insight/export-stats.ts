import { BatchdeskError } from '@batchdesk/shared';
import type { StatsGroup, StatsQuery } from '@batchdesk/shared';
import { readTotals } from '../db/stats.ts';
import { addUp } from '../db/stats-sums.ts';
import type { Deps } from '../deps.ts';
import { toCsv, toCsvRows, toAmount } from './csv.ts';
import type { CsvColumns } from './csv.ts';
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
  const rows = (query.group_by ? groups : [all]).map(viewGroup);
  return toCsv([Object.keys(COLUMNS)]) + toCsvRows(COLUMNS, rows);
}

/** Programs find columns by these names and places: new ones go to the end. */
const COLUMNS: CsvColumns<StatsGroup> = {
  group: ({ group }) => group,
  batches: ({ total_batches }) => total_batches,
  requests: ({ request_counts }) => request_counts.total,
  requests_completed: ({ request_counts }) => request_counts.completed,
  requests_failed: ({ request_counts }) => request_counts.failed,
  input_tokens: ({ usage }) => usage.input_tokens,
  cached_tokens: ({ usage }) => usage.cached_tokens,
  output_tokens: ({ usage }) => usage.output_tokens,
  reasoning_tokens: ({ usage }) => usage.reasoning_tokens,
  total_tokens: ({ usage }) => usage.total_tokens,
  cost: ({ cost }) => toAmount(cost),
  synchronous_cost: ({ synchronous_cost }) => toAmount(synchronous_cost),
  savings: ({ savings }) => toAmount(savings),
  unpriced_batches: ({ unpriced_batches }) => unpriced_batches,
  request_success_rate: ({ success_rate }) => success_rate.requests,
  batch_success_rate: ({ success_rate }) => success_rate.batches,
  completed_batches: ({ time_to_completion }) => time_to_completion.batches,
  median_seconds_to_completion: ({ time_to_completion }) => time_to_completion.median,
  p95_seconds_to_completion: ({ time_to_completion }) => time_to_completion.p95,
  waited_batches: ({ wait_for_capacity }) => wait_for_capacity.batches,
  median_seconds_waited: ({ wait_for_capacity }) => wait_for_capacity.median,
  p95_seconds_waited: ({ wait_for_capacity }) => wait_for_capacity.p95,
};
