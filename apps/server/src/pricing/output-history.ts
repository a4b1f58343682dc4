import type { UsageSums } from '@batchdesk/shared';
import { readOutputTotals } from '../db/output-totals.ts';
import type { Database } from '../db/database.ts';

/** What was answered so far, of one model at one endpoint. */
export interface OutputHistory {
  /** Requests that were answered; 0 when none was. */
  requests: number;
  output_tokens: number;
}

/** Requests to be answered, and the tokens that those of them that are limited allow. */
export type OutputLimits = Omit<UsageSums, 'estimated_tokens'>;

const DATE = /^-\d{4}-\d{2}-\d{2}$/;

/**
 * Opens what was answered so far at a provider, by model and endpoint. Of a model without a date in its name what dated ones
 * answered counts as well: that is how a provider names the model of its batches.
 */
export async function openOutputHistory(
  db: Database,
  provider: string,
): Promise<(model: string, endpoint: string) => OutputHistory> {
  const totals = await readOutputTotals(db, provider);
  return (model, endpoint) => {
    const sum: OutputHistory = { requests: 0, output_tokens: 0 };
    for (const total of totals) {
      if (total.endpoint !== endpoint || !total.model.startsWith(model)) continue;
      const rest = total.model.slice(model.length);
      if (rest !== '' && !DATE.test(rest)) continue;
      sum.requests += total.requests;
      sum.output_tokens += total.output_tokens;
    }
    return sum;
  };
}

/** What requests allow their answers to have, all together, in tokens; `null` when one of them has no limit. */
export function mostOutput({ max_output_tokens, uncapped_requests }: Omit<OutputLimits, 'request_count'>) {
  return uncapped_requests > 0 ? null : max_output_tokens;
}

/** Output tokens that requests are likely to be answered with: as many each as before. `null` when nothing was answered. */
export function likelyOutput(history: OutputHistory, limits: OutputLimits): number | null {
  const most = mostOutput(limits);
  // Embeddings and moderations have none.
  if (most === 0) return 0;
  if (history.requests === 0) return null;
  const likely = Math.round((history.output_tokens / history.requests) * limits.request_count);
  return Math.min(likely, most ?? Infinity);
}
