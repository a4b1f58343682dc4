import type { RequestOutcome, ResultType } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { IS_WANTED, eachWanted, inPortions } from './request-groups.ts';
import type { RequestKind } from './request-groups.ts';

/** Which requests: those that one submission took to the provider, or with `null` those of a whole job, each as it is now. */
export interface LedgerScope {
  job_id: string;
  submission_id: string | null;
}

/** A request as the ledger has it. */
export interface StoredRequest {
  submission_id: string;
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
  cached_tokens: number | null;
  reasoning_tokens: number | null;
}

/** Which requests of a job to read. */
export interface JobPage {
  /** Lines of the input. */
  after: number;
  until?: number;
  limit: number;
  result_type?: ResultType | null;
}

/** The largest value of the column `line`. */
const NO_END = 2 ** 31 - 1;

const COLUMNS = Prisma.raw(
  [
    'submission_id',
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
    'cached_tokens',
    'reasoning_tokens',
  ]
    .map((column) => `'${column}', ${column}`)
    .join(', '),
);

/**
 * Up to `limit` requests after a line that belong to one of the groups, in input order. Each group is read from the index
 * where it begins: a filter costs the same whether much or little passes it. With `result_type`, those only that this file
 * answers.
 */
export async function readRequestsOfGroups(
  db: Database,
  groups: readonly RequestKind[],
  { after, limit, result_type = null }: { after: number; limit: number; result_type?: ResultType | null },
): Promise<StoredRequest[]> {
  // By their lines: between two portions one may have changed its group, and counts as it is then.
  const found = new Map<number, StoredRequest>();
  for await (const portion of inPortions(groups)) {
    const rows = await readRows(
      db,
      Prisma.sql`SELECT requests.* FROM ${eachWanted(portion)}
        CROSS JOIN requests ON requests.rowid IN (
          SELECT rowid FROM requests
          WHERE ${IS_WANTED} AND line > ${after} AND (${result_type} IS NULL OR result_type = ${result_type})
          ORDER BY line LIMIT ${limit})
        ORDER BY requests.line LIMIT ${limit}`,
    );
    for (const row of rows) found.set(row.line, row);
  }
  return [...found.values()].toSorted((a, b) => a.line - b.line).slice(0, limit);
}

/**
 * Up to `limit` requests of a job after a line, and up to another, each as it is now, in input order; all, or those that
 * one kind of file answers.
 */
export function readRequests(
  db: Database,
  jobId: string,
  { after, until = NO_END, limit, result_type = null }: JobPage,
): Promise<StoredRequest[]> {
  return readRows(
    db,
    Prisma.sql`SELECT * FROM requests
      WHERE job_id = ${jobId} AND line > ${after} AND line <= ${until} AND is_superseded = 0
        AND (${result_type} IS NULL OR result_type = ${result_type})
      ORDER BY line LIMIT ${limit}`,
  );
}

/** The requests of a job in these lines, each as it is now. */
export function readLines(db: Database, jobId: string, lines: readonly number[]): Promise<StoredRequest[]> {
  return readRows(
    db,
    Prisma.sql`SELECT requests.* FROM json_each(${JSON.stringify(lines)}) AS wanted
      CROSS JOIN requests ON job_id = ${jobId} AND line = wanted.value AND is_superseded = 0`,
  );
}

/** The request with this `custom_id`, `null` when there is none. */
export async function findRequest(
  db: Database,
  { job_id, submission_id }: LedgerScope,
  custom_id: string,
): Promise<StoredRequest | null> {
  const whose =
    submission_id === null ? Prisma.sql`is_superseded = 0` : Prisma.sql`submission_id = ${submission_id}`;
  const [row] = await readRows(
    db,
    Prisma.sql`SELECT * FROM requests WHERE job_id = ${job_id} AND custom_id = ${custom_id} AND ${whose}`,
  );
  return row ?? null;
}

/** As one text: rows of their own take five times as long through Prisma. */
async function readRows(db: Database, query: Prisma.Sql): Promise<StoredRequest[]> {
  const [{ rows }] = await db.$queryRaw<[{ rows: string }]>`
    SELECT json_group_array(json_object(${COLUMNS})) AS rows FROM (${query})`;
  return JSON.parse(rows) as StoredRequest[];
}
