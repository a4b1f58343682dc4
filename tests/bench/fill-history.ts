import type { Database } from '@batchdesk/server/testing';

/** Batches in one statement. */
const PORTION = 50_000;
/** Unix seconds of the first one; they are ten seconds apart. */
const FIRST_CREATED_AT = 1_700_000_000;

/** Fills an empty database with batches that have ended, each with its job. */
export async function fillHistory(db: Database, count: number): Promise<void> {
  for (let start = 0; start < count; start += PORTION) {
    const end = Math.min(count, start + PORTION);
    await db.$executeRaw`
      WITH RECURSIVE numbers(n) AS (SELECT ${start} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${end})
      INSERT INTO jobs (id, status, endpoint, total_requests, created_at, finished_at)
      SELECT printf('job_%032d', n), 'finished', '/v1/chat/completions', 1000,
        ${FIRST_CREATED_AT} + n * 10, ${FIRST_CREATED_AT} + n * 10 + 3600
      FROM numbers`;
    await db.$executeRaw`
      WITH RECURSIVE numbers(n) AS (SELECT ${start} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${end})
      INSERT INTO batches (id, job_id, provider, endpoint, model, input_file_id, completion_window, status,
        output_file_id, created_at, in_progress_at, completed_at, failed_at, requests_total, requests_completed,
        requests_failed, input_tokens, output_tokens, total_tokens, metadata, refreshed_at, collected_at)
      SELECT printf('batch_%032d', n), printf('job_%032d', n), 'openai', '/v1/chat/completions', 'gpt-4o-mini',
        printf('file-%032d', n), '24h', iif(n % 20 = 0, 'failed', 'completed'),
        iif(n % 20 = 0, NULL, printf('file-out%029d', n)), created, created + 60, iif(n % 20 = 0, NULL, ended),
        iif(n % 20 = 0, ended, NULL), 1000, iif(n % 20 = 0, 0, 990), iif(n % 20 = 0, 0, 10), 100000, 50000, 150000,
        printf('{"batch_name":"nightly-%d"}', n % 365), ended, ended
      FROM (SELECT n, ${FIRST_CREATED_AT} + n * 10 AS created, ${FIRST_CREATED_AT} + n * 10 + 3600 AS ended
        FROM numbers)`;
  }
}
