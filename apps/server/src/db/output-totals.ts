import type { Database } from './database.ts';

/** What was answered at one endpoint by one model, as its batches name it. */
export interface OutputTotal {
  endpoint: string;
  model: string;
  requests: number;
  output_tokens: number;
}

/** What batches of a provider that have ended answered, by endpoint and model; those of which no tokens are known left out. */
export async function readOutputTotals(db: Database, provider: string): Promise<OutputTotal[]> {
  const groups = await db.batchTotal.groupBy({
    by: ['endpoint', 'model'],
    where: {
      group_by: '',
      period: '',
      provider,
      // What is under way has answers, and no tokens yet.
      status: { in: ['completed', 'expired', 'cancelled'] },
    },
    _sum: { requests_with_usage: true, output_tokens: true },
  });
  return groups.map(({ endpoint, model, _sum }) => ({
    endpoint,
    model,
    requests: Number(_sum.requests_with_usage ?? 0),
    output_tokens: Number(_sum.output_tokens ?? 0),
  }));
}
