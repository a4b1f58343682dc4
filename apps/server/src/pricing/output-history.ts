import { readOutputTotals } from '../db/output-totals.ts';
import type { Database } from '../db/database.ts';

/** What was answered so far, of one model at one endpoint. */
export interface OutputHistory {
  /** Requests that were answered; 0 when none was. */
  requests: number;
  output_tokens: number;
}

/** Requests whose answers are still to come. */
export interface ExpectedOutput {
  requests: number;
  /** Tokens that their answers have at most, all together; `null` when one of them has no limit. */
  max_output_tokens: number | null;
}

/** The model as callers name it, and the endpoint it is called at. */
export interface ModelAtEndpoint {
  model: string;
  endpoint: string;
}

const DATE = /^-\d{4}-\d{2}-\d{2}$/;

/**
 * What each of these answered so far at a provider, in their order. Of a model without a date in its name what dated ones
 * answered counts as well: that is how a provider names the model of its batches.
 */
export async function readOutputHistory(
  db: Database,
  provider: string,
  asked: readonly ModelAtEndpoint[],
): Promise<OutputHistory[]> {
  const totals = await readOutputTotals(db, provider);
  return asked.map(({ model, endpoint }) => {
    const sum: OutputHistory = { requests: 0, output_tokens: 0 };
    for (const total of totals) {
      if (total.endpoint !== endpoint || !total.model.startsWith(model)) continue;
      const rest = total.model.slice(model.length);
      if (rest !== '' && !DATE.test(rest)) continue;
      sum.requests += total.requests;
      sum.output_tokens += total.output_tokens;
    }
    return sum;
  });
}

/** Output tokens that requests are likely to be answered with: as many each as before. `null` when nothing was answered. */
export function likelyOutput(
  history: OutputHistory,
  { requests, max_output_tokens }: ExpectedOutput,
): number | null {
  // Embeddings and moderations have none.
  if (max_output_tokens === 0) return 0;
  if (history.requests === 0) return null;
  const likely = Math.round((history.output_tokens / history.requests) * requests);
  return Math.min(likely, max_output_tokens ?? Infinity);
}
