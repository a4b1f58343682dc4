import type { BatchStatus, Stats } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Totals over all stored batches. */
export async function readStats(db: Database): Promise<Stats> {
  const groups = await db.batchTotal.groupBy({ by: ['status'], _sum: { batches: true } });
  const none = { batches: 0, median: null, p95: null };
  return {
    total_batches: groups.reduce((sum, group) => sum + (group._sum.batches ?? 0), 0),
    request_counts: { total: 0, completed: 0, failed: 0 },
    usage: { input_tokens: 0, output_tokens: 0, total_tokens: 0, cached_tokens: 0, reasoning_tokens: 0 },
    cost: 0,
    savings: 0,
    synchronous_cost: 0,
    unpriced_batches: 0,
    by_status: Object.fromEntries(
      groups.map((group) => [group.status as BatchStatus, group._sum.batches ?? 0]),
    ),
    success_rate: { requests: null, batches: null },
    time_to_completion: none,
    wait_for_capacity: none,
    by_model: {},
    by_endpoint: {},
  };
}
