import type { RequestOutcome, ResultType } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { LedgerPart } from './requests.ts';

/** A request as the ledger has it. */
export interface StoredRequest {
  line: number;
  custom_id: string;
  outcome: RequestOutcome;
  attempt: number;
  input_offset: number;
  input_bytes: number;
  result_type: ResultType | null;
  result_offset: number | null;
  result_bytes: number | null;
  status_code: number | null;
  error_code: string | null;
  input_tokens: number | null;
  output_tokens: number | null;
}

/** Requests of a job that have the same outcome and error code. */
export interface RequestGroup {
  outcome: RequestOutcome;
  error_code: string | null;
  count: number;
}

const COLUMNS = Prisma.raw(
  [
    'line',
    'custom_id',
    'outcome',
    'attempt',
    'input_offset',
    'input_bytes',
    'result_type',
    'result_offset',
    'result_bytes',
    'status_code',
    'error_code',
    'input_tokens',
    'output_tokens',
  ]
    .map((column) => `'${column}', ${column}`)
    .join(', '),
);

/** Up to `limit` requests of a batch after a line, in input order; all, or those that one result file answers. */
export function readRequests(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  { after, limit, result_type }: { after: number; limit: number; result_type: ResultType | null },
): Promise<StoredRequest[]> {
  return readRows(
    db,
    Prisma.sql`SELECT * FROM requests
      WHERE job_id = ${job_id} AND line > ${after} AND submission_id = ${submission_id}
        AND (${result_type} IS NULL OR result_type = ${result_type})
      ORDER BY line LIMIT ${limit}`,
  );
}

/**
 * Up to `limit` requests after a line that belong to one of the groups, in input order. Each group is read from the index
 * where it begins: a filter costs the same whether much or little passes it.
 */
export function readRequestsOfGroups(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  { after, limit, groups }: { after: number; limit: number; groups: readonly RequestGroup[] },
): Promise<StoredRequest[]> {
  const values = JSON.stringify(groups.map(({ outcome, error_code }) => [outcome, error_code]));
  return readRows(
    db,
    Prisma.sql`SELECT requests.* FROM json_each(${values}) AS wanted
      CROSS JOIN requests ON requests.rowid IN (
        SELECT rowid FROM requests
        WHERE job_id = ${job_id} AND outcome = wanted.value->>0 AND error_code IS wanted.value->>1
          AND line > ${after}
        ORDER BY line LIMIT ${limit})
      WHERE requests.submission_id = ${submission_id}
      ORDER BY requests.line LIMIT ${limit}`,
  );
}

/** The request of a job with this `custom_id`, `null` when there is none. */
export async function findRequest(
  db: Database,
  { job_id, submission_id }: LedgerPart,
  custom_id: string,
): Promise<StoredRequest | null> {
  const [row] = await readRows(
    db,
    Prisma.sql`SELECT * FROM requests
      WHERE job_id = ${job_id} AND custom_id = ${custom_id} AND submission_id = ${submission_id}`,
  );
  return row ?? null;
}

/** How many requests of a job have which outcome and error code; read from the index alone. A job has one batch. */
export async function countRequests(db: Database, { job_id }: LedgerPart): Promise<RequestGroup[]> {
  const groups = await db.$queryRaw<(Omit<RequestGroup, 'count'> & { count: bigint })[]>`
    SELECT outcome, error_code, count(*) AS count FROM requests
    WHERE job_id = ${job_id} GROUP BY outcome, error_code`;
  return groups.map(({ outcome, error_code, count }) => ({ outcome, error_code, count: Number(count) }));
}

/** As one text: rows of their own take five times as long through Prisma. */
async function readRows(db: Database, query: Prisma.Sql): Promise<StoredRequest[]> {
  const [{ rows }] = await db.$queryRaw<[{ rows: string }]>`
    SELECT json_group_array(json_object(${COLUMNS})) AS rows FROM (${query})`;
  return JSON.parse(rows) as StoredRequest[];
}
