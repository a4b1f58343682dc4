import type { Batch } from '@batchdesk/shared';

/** Parts of a bar, in percent of its width. */
export interface Segments {
  completed: number;
  failed: number;
}

/** How much of a batch is completed and how much failed. Counts that do not add up never overflow the bar. */
export function toSegments({ total, completed, failed }: Batch['request_counts']): Segments {
  const whole = Math.max(total, completed + failed);
  if (whole === 0) return { completed: 0, failed: 0 };
  return { completed: (completed / whole) * 100, failed: (failed / whole) * 100 };
}
