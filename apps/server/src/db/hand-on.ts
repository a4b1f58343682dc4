import type { RetryJob } from '@batchdesk/shared';
import type { Database, DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { StoredJob } from './jobs.ts';
import { insertSubmissions, unknownPart } from './new-submissions.ts';
import { reopenJob } from './reopen-job.ts';
import type { Submission } from './submissions.ts';

/** A request that goes to another submission. */
export interface HandedRequest {
  rowid: number;
  input_bytes: number;
  estimated_tokens: number;
}

/** Requests read and written in one statement. */
const PORTION = 1_000;

/** Which requests of a submission, as they are now, go to another. */
export type Selection = Prisma.Sql;

/** Those that have no outcome yet. */
export const PENDING: Selection = Prisma.sql`outcome = 'pending'`;

/** Error codes of requests, and of whole batches, that may succeed another time without a status that says so. */
const PASSING_CODES = [
  'request_timeout',
  'timeout',
  'server_error',
  'internal_error',
  'rate_limit_exceeded',
  'batch_failed',
];

/**
 * Those that may succeed another time and have been sent fewer than `attempts` times: expired, missing, and failed ones with
 * status 408, 409, 429, 5xx or 0, or a time-out.
 */
export function selectPassing(policy: {
  attempts: number;
  outcomes: readonly string[];
  codes?: readonly string[] | undefined;
}): Selection {
  const { attempts, outcomes, codes } = policy;
  const isPassing = Prisma.sql`status_code IN (0, 408, 409, 429) OR status_code >= 500
    OR error_code IN (${Prisma.join(PASSING_CODES)})
    OR (status_code IS NULL AND error_code IS NULL AND result_type IS NOT NULL)`;
  const isNamed = codes ? Prisma.sql`AND ${selectCodes(codes)}` : Prisma.empty;
  const each = [
    // One whose answer was deleted before it got here has run, and was paid: it is not sent again by itself.
    Prisma.sql`(outcome = 'missing' AND error_code IS NULL)`,
    Prisma.sql`outcome = 'expired'`,
    Prisma.sql`(outcome = 'failed' AND (${isPassing}) ${isNamed})`,
  ];
  return Prisma.sql`attempt < ${attempts} AND ${selectOutcomes(outcomes)} AND (${Prisma.join(each, ' OR ')})`;
}

/** Those that did not succeed; only those with one of these outcomes, one of these codes, and in one of these groups, where named. */
export function selectUnsuccessful({
  outcomes = ['failed', 'expired', 'cancelled', 'missing'],
  codes,
  groups,
}: RetryJob): Selection {
  const conditions = [selectOutcomes(outcomes)];
  if (codes) conditions.push(selectCodes(codes));
  if (groups) conditions.push(selectGroups(groups));
  return Prisma.join(conditions, ' AND ');
}

function selectGroups(groups: NonNullable<RetryJob['groups']>): Selection {
  const values = groups.map((group) => [group.outcome, group.error_code, group.status_code]);
  return Prisma.sql`EXISTS (
    SELECT 1 FROM json_each(${JSON.stringify(values)}) AS named
    WHERE outcome = named.value->>0 AND error_code IS named.value->>1 AND status_code IS named.value->>2)`;
}

/** By error code, or by status code as text. */
function selectCodes(codes: readonly string[]): Selection {
  const named = Prisma.sql`(SELECT value FROM json_each(${JSON.stringify(codes)}))`;
  return Prisma.sql`(error_code IN ${named} OR CAST(status_code AS TEXT) IN ${named})`;
}

function selectOutcomes(outcomes: readonly string[]): Selection {
  return Prisma.sql`outcome IN (SELECT value FROM json_each(${JSON.stringify(outcomes)}))`;
}

/** Up to 1,000 requests of a submission that are to go to another. */
export async function readHanded(
  db: Database,
  submissionId: string,
  selection: Selection,
): Promise<HandedRequest[]> {
  const [{ rows }] = await db.$queryRaw<[{ rows: string }]>`
    SELECT json_group_array(json_object(
      'rowid', rowid, 'input_bytes', input_bytes, 'estimated_tokens', estimated_tokens)) AS rows
    FROM (SELECT rowid, input_bytes, estimated_tokens FROM requests
      WHERE submission_id = ${submissionId} AND is_superseded = 0 AND ${selection} LIMIT ${PORTION})`;
  return JSON.parse(rows) as HandedRequest[];
}

/** Estimated tokens of all requests that a submission has now, as they were estimated one by one. */
export async function sumEstimates(db: Database, submissionId: string): Promise<number> {
  const where = { submission_id: submissionId, is_superseded: false };
  const { _sum } = await db.request.aggregate({ where, _sum: { estimated_tokens: true } });
  return _sum.estimated_tokens ?? 0;
}

/** `moved`: nothing was done for it, it simply waits elsewhere. `again`: it is sent once more, which is another attempt. */
export type HandOnMode = 'moved' | 'again';

/** A portion of requests on their way to new submissions of their job. */
export interface Handing {
  job: StoredJob;
  source: Submission;
  /** The new submissions so far; missing ones are made and added. */
  targets: string[];
  /** Each request with the 0-based target that takes it. */
  requests: readonly { rowid: number; target: number }[];
  mode: HandOnMode;
}

/** Gives requests to other submissions, all of them or none. A job that had ended goes on with that. */
export async function handOver(db: Database, handing: Handing): Promise<void> {
  const { job, source, targets, requests, mode } = handing;
  const needed = Math.max(...requests.map(({ target }) => target)) + 1;
  const parts = Array.from({ length: Math.max(0, needed - targets.length) }, () => unknownPart(source.model));
  const made = await db.$transaction(async (transaction) => {
    await reopenJob(transaction, job.id);
    const ids = await insertSubmissions(transaction, job, { parts, status: 'planning', replaces: source.id });
    const all = [...targets, ...ids];
    const given = requests.map(({ rowid, target }) => [rowid, all[target]]);
    await giveAway(transaction, JSON.stringify(given), mode);
    return ids;
  });
  targets.push(...made);
}

async function giveAway(db: DatabaseOrTransaction, values: string, mode: HandOnMode): Promise<void> {
  // Without the LIMIT, SQLite looks through all of them again for each request.
  const given = Prisma.sql`(SELECT value->>0 AS row, value->>1 AS target FROM json_each(${values}) LIMIT -1) AS given`;
  if (mode === 'moved') {
    await db.$executeRaw`
      UPDATE requests SET submission_id = given.target FROM ${given} WHERE requests.rowid = given.row`;
    return;
  }
  await db.$executeRaw`
    INSERT INTO requests
      (job_id, line, attempt, custom_id, submission_id, outcome, input_offset, input_bytes, estimated_tokens)
    SELECT job_id, line, attempt + 1, custom_id, given.target, 'pending', input_offset, input_bytes, estimated_tokens
    FROM ${given} CROSS JOIN requests ON requests.rowid = given.row`;
  await db.$executeRaw`
    UPDATE requests SET is_superseded = 1 FROM ${given} WHERE requests.rowid = given.row`;
}

/**
 * Lets submissions be sent whose requests have all been handed to them; those of one source, or all that a dead process left.
 * How long answers may be is not kept for each request: they are taken for the average of the source.
 */
export async function finishPlanning(db: DatabaseOrTransaction, replaces: string | null): Promise<void> {
  const ofSource = replaces === null ? Prisma.empty : Prisma.sql`AND submissions.replaces = ${replaces}`;
  // That none of them is settled leads to them through an index.
  const which = Prisma.sql`submissions.settled_at IS NULL AND submissions.status = 'planning' ${ofSource}`;
  await db.$executeRaw`
    UPDATE submissions SET status = 'planned', request_count = sums.requests, estimated_tokens = sums.tokens,
      input_bytes = sums.bytes, max_output_tokens = sums.max_output_tokens,
      uncapped_requests = sums.uncapped_requests
    FROM (SELECT submissions.id, count(*) AS requests, sum(requests.estimated_tokens) AS tokens,
        sum(requests.input_bytes + 1) AS bytes,
        coalesce(ceil(1.0 * source.max_output_tokens * count(*) / source.request_count), 0) AS max_output_tokens,
        coalesce(ceil(1.0 * source.uncapped_requests * count(*) / source.request_count), 0) AS uncapped_requests
      FROM submissions JOIN requests ON requests.submission_id = submissions.id
        LEFT JOIN submissions source ON source.id = submissions.replaces
      WHERE ${which} GROUP BY submissions.id) AS sums
    WHERE submissions.id = sums.id`;
  await db.$executeRaw`DELETE FROM submissions WHERE ${which}`;
}
