import type { DatabaseOrTransaction } from './database.ts';

/** Tokens of several requests. */
export interface LedgerTokens {
  input_tokens: bigint;
  /** Of the input tokens. */
  cached_tokens: bigint;
  output_tokens: bigint;
  /** Of the output tokens. */
  reasoning_tokens: bigint;
}

/** How many requests of a batch have which results. */
export interface LedgerCounts {
  requests: number;
  answered: number;
  /** Of those answered: how many tell no tokens. */
  untold: number;
  /** For which no line was found where one should be. */
  missing: number;
  /** That have no line, for this reason or another. */
  unread: number;
}

/**
 * The tokens of all requests that a batch was sent and answered, those too that were tried again elsewhere; with `above`, of
 * those with more input tokens than that.
 */
export async function sumUsage(
  db: DatabaseOrTransaction,
  batchId: string,
  { above = -1 }: { above?: number } = {},
): Promise<LedgerTokens> {
  const [sums] = await db.$queryRaw<[Record<keyof LedgerTokens, bigint | number>]>`
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

/** Counts the requests of a batch by what their result lines tell. */
export async function countLines(db: DatabaseOrTransaction, batchId: string): Promise<LedgerCounts> {
  const [counts] = await db.$queryRaw<[Record<keyof LedgerCounts, bigint | number>]>`
    SELECT count(*) AS requests, count(*) FILTER (WHERE outcome = 'succeeded') AS answered,
      count(*) FILTER (WHERE outcome = 'succeeded' AND input_tokens IS NULL AND output_tokens IS NULL) AS untold,
      count(*) FILTER (WHERE outcome = 'missing') AS missing, count(*) FILTER (WHERE result_type IS NULL) AS unread
    FROM requests WHERE submission_id = (SELECT id FROM submissions WHERE batch_id = ${batchId})`;
  return {
    requests: Number(counts.requests),
    answered: Number(counts.answered),
    untold: Number(counts.untold),
    missing: Number(counts.missing),
    unread: Number(counts.unread),
  };
}
