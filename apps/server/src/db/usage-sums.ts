import type { DatabaseOrTransaction } from './database.ts';

/** Tokens of several requests. */
export interface UsageSums {
  input_tokens: bigint;
  /** Of the input tokens. */
  cached_tokens: bigint;
  output_tokens: bigint;
  /** Of the output tokens. */
  reasoning_tokens: bigint;
}

/** The tokens of all requests that a batch was sent and answered, those too that were tried again elsewhere. */
export function sumUsage(db: DatabaseOrTransaction, batchId: string): Promise<UsageSums> {
  return sumLong(db, batchId, -1);
}

/** The tokens of those with more input tokens than that. */
export async function sumLong(db: DatabaseOrTransaction, batchId: string, above: number): Promise<UsageSums> {
  const [sums] = await db.$queryRaw<[Record<keyof UsageSums, bigint | number>]>`
    SELECT coalesce(sum(input_tokens), 0) AS input_tokens, coalesce(sum(cached_tokens), 0) AS cached_tokens,
      coalesce(sum(output_tokens), 0) AS output_tokens, coalesce(sum(reasoning_tokens), 0) AS reasoning_tokens
    FROM requests WHERE submission_id = (SELECT id FROM submissions WHERE batch_id = ${batchId})
      AND coalesce(input_tokens, 0) > ${above}`;
  return {
    input_tokens: BigInt(sums.input_tokens),
    cached_tokens: BigInt(sums.cached_tokens),
    output_tokens: BigInt(sums.output_tokens),
    reasoning_tokens: BigInt(sums.reasoning_tokens),
  };
}

/**
 * Whether each request of a batch has a result line, and none of these an answer: OpenAI's counts have lines with status 0 among
 * the completed ones.
 */
export async function hasOnlyFailures(db: DatabaseOrTransaction, batchId: string): Promise<boolean> {
  const [{ others }] = await db.$queryRaw<[{ others: bigint | null }]>`
    SELECT max(outcome = 'succeeded' OR result_type IS NULL) AS others FROM requests
    WHERE submission_id = (SELECT id FROM submissions WHERE batch_id = ${batchId})`;
  return others !== null && Number(others) === 0;
}
