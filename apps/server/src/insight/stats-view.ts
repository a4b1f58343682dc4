import type { StatsGroup, StatsTotals } from '@batchdesk/shared';
import type { GroupSums } from '../db/stats-groups.ts';
import type { Sums } from '../db/stats-sums.ts';
import { summarise } from '../db/stats-times.ts';
import type { Histograms } from '../db/stats-times.ts';
import { sumCosts } from './sum-costs.ts';

/** Sums as the API shows them: amounts in US dollars. */
export function viewTotals(sums: Sums): StatsTotals {
  return {
    total_batches: Number(sums.batches),
    request_counts: {
      total: Number(sums.requests_total),
      completed: Number(sums.requests_completed),
      failed: Number(sums.requests_failed),
    },
    usage: {
      input_tokens: Number(sums.input_tokens),
      output_tokens: Number(sums.output_tokens),
      total_tokens: Number(sums.total_tokens),
      cached_tokens: Number(sums.cached_tokens),
      reasoning_tokens: Number(sums.reasoning_tokens),
    },
    ...sumCosts(sums),
    unpriced_batches: Number(sums.unpriced),
  };
}

/** A group as the API shows it. */
export function viewGroup(group: GroupSums): StatsGroup {
  return { group: group.name, ...viewTotals(group), ...viewRates(group, group.times) };
}

/** What succeeded of what has ended, and how long it took. */
export function viewRates(
  sums: Sums,
  { completion, wait }: Histograms,
): Pick<StatsGroup, 'success_rate' | 'time_to_completion' | 'wait_for_capacity'> {
  const [completed, failed] = [Number(sums.ended_completed), Number(sums.ended_failed)];
  return {
    success_rate: {
      requests: share(completed, completed + failed),
      batches: share(Number(sums.completed), Number(sums.ended)),
    },
    time_to_completion: summarise(completion),
    wait_for_capacity: summarise(wait),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
