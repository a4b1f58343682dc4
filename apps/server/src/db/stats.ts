import type { BatchStatus, Stats } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Totals over all stored batches. */
export async function readStats(db: Database): Promise<Stats> {
  const groups = await db.batchTotal.groupBy({
    by: ['status'],
    _sum: {
      batches: true,
      requests_total: true,
      requests_completed: true,
      requests_failed: true,
      input_tokens: true,
      output_tokens: true,
      total_tokens: true,
    },
  });
  const sum = (field: keyof (typeof groups)[number]['_sum']) =>
    groups.reduce((total, group) => total + Number(group._sum[field] ?? 0), 0);
  return {
    total_batches: sum('batches'),
    by_status: Object.fromEntries(
      groups.map((group) => [group.status as BatchStatus, group._sum.batches ?? 0]),
    ),
    request_counts: {
      total: sum('requests_total'),
      completed: sum('requests_completed'),
      failed: sum('requests_failed'),
    },
    usage: {
      input_tokens: sum('input_tokens'),
      output_tokens: sum('output_tokens'),
      total_tokens: sum('total_tokens'),
    },
  };
}
