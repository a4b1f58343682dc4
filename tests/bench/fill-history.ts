import { BUILT_IN_PRICES, findPrice } from '@batchdesk/shared';
import type { Database } from '@batchdesk/server/testing';
import { rebuildTotals } from '../../apps/server/src/db/batch-totals.ts';

/** A Prisma client, or whatever else runs a statement. */
interface Runner {
  $executeRawUnsafe(sql: string): PromiseLike<unknown>;
}

const ROWS_PER_PORTION = 50_000;
const SPAN_SECONDS = 2 * 365 * 86_400;

/** What batches `from` to `to` are like: `a` and `b` are spread from 0 to 9,999 and decide the rest. */
const drawn = (from: number, to: number, count: number, start: number) => `
  WITH RECURSIVE numbers (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM numbers WHERE n < ${to}),
  dice AS (
    SELECT n, n * 2654435761 % 4294967296 / 7 % 10000 AS a, n * 2246822519 % 4294967296 / 11 % 10000 AS b,
      -- Some in the same second, as of a program that hands in several at once.
      (${start} + n * ${SPAN_SECONDS} / ${count}) / 300 * 300 AS created_at
    FROM numbers
  ),
  faces AS (
    SELECT *, 1 + a * b % 5000 AS requests,
      -- OpenAI's ids start with the time too.
      printf('%08x%08x%016x', created_at, n * 2654435761 % 4294967296, n) AS hex,
      CASE
        WHEN n > ${count} / 1000 * 998 THEN
          CASE WHEN a < 8000 THEN 'in_progress' WHEN a < 9000 THEN 'validating' WHEN a < 9500 THEN 'finalizing' ELSE 'cancelling' END
        WHEN a < 9000 THEN 'completed' WHEN a < 9500 THEN 'failed' WHEN a < 9800 THEN 'expired' ELSE 'cancelled'
      END AS status,
      CASE
        WHEN n % 40000 = 7 THEN 'ft:gpt-4o-mini:acme::rare'
        WHEN b < 6000 THEN 'gpt-4o-mini' WHEN b < 8000 THEN 'gpt-4o' WHEN b < 8900 THEN 'gpt-4.1'
        WHEN b < 9900 THEN 'text-embedding-3-small'
      END AS model
    FROM dice
  ),
  -- In 1e-10 dollars, of a token without a batch: input, cached input, output.
  listed (price_id, priced, input_price, cached_price, output_price) AS (VALUES
    (1, 'gpt-4o-mini', 1500, 750, 6000), (2, 'gpt-4o', 25000, 12500, 100000), (3, 'gpt-4.1', 20000, 5000, 80000),
    (4, 'text-embedding-3-small', 200, 200, 0)
  ),
  timed AS (
    -- From five minutes to a day, most of them soon.
    SELECT *, iif(status = 'completed', 300 + b * b % 10007 * (a % 100) * 86 / 1000, 9000) AS took
    FROM faces LEFT JOIN listed ON priced = model
  ),
  drawn AS (
    SELECT *, iif(status = 'completed', requests, NULL) AS answered,
      iif(status IN ('completed', 'failed', 'expired', 'cancelled'), created_at + took, NULL) AS ended_at,
      CASE
        WHEN model = 'text-embedding-3-small' THEN '/v1/embeddings'
        WHEN a % 10 < 7 THEN '/v1/chat/completions' ELSE '/v1/responses'
      END AS endpoint,
      CASE b % 10
        WHEN 0 THEN NULL
        WHEN 1 THEN json_object('campagne', 'été-' || a, 'remise', '10 %')
        ELSE json_object('batch_name', 'nightly-' || n, 'team', iif(a % 2, 'search', 'support'),
          'project', 'project-' || (a % 20),
          'batchdesk', 'sub_' || hex || ' sha256:' || hex || hex)
      END AS metadata
    FROM timed
  )`;

const INTO_JOBS = `
  INSERT INTO jobs (id, status, endpoint, total_requests, created_at, finished_at)`;
const JOBS = `
  SELECT 'job_' || hex, iif(ended_at, 'completed', 'in_progress'), endpoint, requests, created_at, ended_at + 60
  FROM drawn`;

const INTO_SUBMISSIONS = `
  INSERT INTO submissions (id, job_id, provider, status, endpoint, completion_window, batch_id, created_at, updated_at)`;
const SUBMISSIONS = `
  SELECT 'sub_' || hex, 'job_' || hex, 'local', 'submitted', endpoint, '24h', 'batch_' || hex, created_at, created_at
  FROM drawn`;

const INTO_BATCHES = `
  INSERT INTO batches (
    id, job_id, provider, endpoint, model, input_file_id, completion_window, status, output_file_id,
    created_at, in_progress_at, expires_at, completed_at, requests_total, requests_completed, requests_failed,
    input_tokens, cached_tokens, output_tokens, reasoning_tokens, total_tokens, metadata, refreshed_at, collected_at`;
const BATCHES = `
  SELECT 'batch_' || hex, 'job_' || hex, 'local', endpoint, model, 'file-in' || hex, '24h', status,
    iif(answered, 'file-out' || hex, NULL), created_at, created_at + 60, created_at + 86400,
    iif(answered, ended_at, NULL), requests, ifnull(answered - a % 2, 0), iif(answered, a % 2, 0),
    answered * 120, answered * 10, answered * 45, answered * 5, answered * 165, metadata,
    ifnull(ended_at, created_at), ended_at + 60`;
const INTO_COSTS = ', usage_source, waited, price_id, cost, synchronous_cost';
const COSTS = `,
  iif(answered, 'provider', NULL), iif(a % 3, a % 1800, NULL), price_id,
  iif(status = 'failed', 0, answered * (110 * input_price + 10 * cached_price + 45 * output_price) / 2),
  iif(status = 'failed', 0, answered * (110 * input_price + 10 * cached_price + 45 * output_price))`;

/** Their rows; the server costs at its start what has none. */
const PRICES = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1', 'text-embedding-3-small'].map((model, index) => {
  const price = JSON.stringify(findPrice(BUILT_IN_PRICES.prices, model, 0));
  return `INSERT INTO prices (id, price) VALUES (${index + 1}, '${price}')`;
});

/**
 * Stores `count` batches, the same each time but for the time, spread over the last two years, with their jobs and submissions; for an
 * empty database, as it was before costs if `hasCosts` is false. They are of the provider `local`: a test server's is `openai`, so it asks nobody about the active ones.
 */
export async function fillHistory(db: Runner, count: number, { hasCosts = true } = {}): Promise<void> {
  const start = Math.floor(Date.now() / 1000) - SPAN_SECONDS;
  if (hasCosts) for (const price of PRICES) await db.$executeRawUnsafe(price);
  for (let from = 1; from <= count; from += ROWS_PER_PORTION) {
    const rows = drawn(from, Math.min(from + ROWS_PER_PORTION - 1, count), count, start);
    await db.$executeRawUnsafe(INTO_JOBS + rows + JOBS);
    await db.$executeRawUnsafe(INTO_SUBMISSIONS + rows + SUBMISSIONS);
    const into = INTO_BATCHES + (hasCosts ? INTO_COSTS : '');
    await db.$executeRawUnsafe(`${into}) ${rows} ${BATCHES + (hasCosts ? COSTS : '')} FROM drawn`);
  }
}

/**
 * The same, and the totals counted at the end: for very many, that is quicker than to keep them all along. With
 * `areEndedOurs` those that have ended are of the server's own provider, which the page shows the costs of.
 */
export async function fillQuickly(db: Database, count: number, { areEndedOurs = false } = {}): Promise<void> {
  const triggers = await db.$queryRaw<{ name: string; sql: string }[]>`
    SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'batches'`;
  for (const { name } of triggers) await db.$executeRawUnsafe(`DROP TRIGGER "${name}"`);
  await fillHistory(db, count);
  if (areEndedOurs)
    await db.$executeRaw`UPDATE batches SET provider = 'openai' WHERE collected_at IS NOT NULL`;
  for (const { sql } of triggers) await db.$executeRawUnsafe(sql);
  await rebuildTotals(db);
  // Otherwise the server would settle them all first, and answer nobody meanwhile.
  await db.$executeRaw`
    UPDATE submissions SET settled_at = created_at, outcomes = '[]'
    WHERE batch_id IN (SELECT id FROM batches WHERE collected_at IS NOT NULL)`;
}
