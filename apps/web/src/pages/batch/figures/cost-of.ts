import type { Job } from '@batchdesk/shared';
import { hasEnded, usageOf } from '../job-facts.ts';
import type { StageSources } from '../timeline/stages-of.ts';

/** What is known of the cost of a batch, in US dollars. */
export type KnownCost =
  | { kind: 'unknown'; why: 'price' | 'usage' | null }
  | { kind: 'open'; estimate: number | null }
  | { kind: 'known'; amount: number; savings: number | null; isAtLeast: boolean };

/** What is known of the cost of a batch: nothing yet, never, in part, or all. */
export function costOf({ job, submissions, batches }: StageSources): KnownCost {
  const { amount, savings, unpriced_batches } = job.cost;
  if (amount === null) {
    const why = batches.find(({ cost }) => cost?.unknown)?.cost?.unknown ?? null;
    return { kind: 'unknown', why };
  }
  if (amount === 0 && unpriced_batches === 0 && usageOf(job) === null) {
    return { kind: 'open', estimate: sumEstimates(submissions) };
  }
  const isPartial = batches.some(({ cost }) => cost?.basis === 'partial_results');
  return { kind: 'known', amount, savings, isAtLeast: unpriced_batches > 0 || isPartial || !hasEnded(job) };
}

function sumEstimates(submissions: StageSources['submissions']): number | null {
  const known = submissions.flatMap(({ estimated_cost }) => estimated_cost ?? []);
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
}

/** Whether a batch is run by the local provider, which bills nothing. */
export function isBilled({ provider }: Pick<Job, 'provider'>): boolean {
  return provider !== 'local';
}
