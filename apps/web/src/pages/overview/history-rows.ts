import type { StatsGroup, StatsTotals } from '@batchdesk/shared';
import { groupOf } from './history-range.ts';
import type { HistoryRange } from './history-range.ts';

/** What happened in one piece of time; of the batches created then. Amounts in US dollars, times in seconds. */
export interface HistoryRow {
  /** On which it begins: `2026-11-23`. */
  day: string;
  succeeded: number;
  failed: number;
  unanswered: number;
  cost: number | null;
  synchronous: number | null;
  input: number;
  output: number;
  median: number | null;
  p95: number | null;
}

/** A row for each piece of a range. The server leaves out times without batches: they have zeros, and no times. */
export function toHistory(groups: readonly StatsGroup[], { days, group_by }: HistoryRange): HistoryRow[] {
  const known = new Map(groups.map((group) => [group.group, group]));
  return days.map((day) => {
    const group = known.get(groupOf(day, group_by));
    if (!group) return { day, ...NOTHING };
    const { median, p95 } = group.time_to_completion;
    return {
      day,
      ...countOutcomes(group),
      cost: group.cost,
      synchronous: group.synchronous_cost,
      input: group.usage.input_tokens,
      output: group.usage.output_tokens,
      median,
      p95,
    };
  });
}

/** How many requests had which end. The provider counts only what it answered. */
export function countOutcomes({ request_counts }: Pick<StatsTotals, 'request_counts'>) {
  const { total, completed, failed } = request_counts;
  return { succeeded: completed, failed, unanswered: Math.max(0, total - completed - failed) };
}

const NOTHING = {
  succeeded: 0,
  failed: 0,
  unanswered: 0,
  cost: 0,
  synchronous: 0,
  input: 0,
  output: 0,
  median: null,
  p95: null,
};
