import { setImmediate as nextTurn } from 'node:timers/promises';
import { REQUEST_OUTCOMES } from '@batchdesk/shared';
import type { RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';

/** What requests of a submission may have in common; in the order of the index. */
export interface RequestKind {
  submission_id: string;
  /** A later attempt took their place. */
  is_superseded: boolean;
  outcome: RequestOutcome;
  error_code: string | null;
}

/** Requests of a submission that have the same outcome and error code. */
export interface RequestGroup extends RequestKind {
  count: number;
}

const OUTCOMES = JSON.stringify(
  [0, 1].flatMap((superseded) => REQUEST_OUTCOMES.map((name) => [superseded, name])),
);

/** Kinds looked for in one statement: a few milliseconds, with a page of requests of each up to ten. */
const KINDS = 200;

/** Kinds in portions for one statement each: a job of thousands of batches has thousands, and others get their turn between. */
export async function* inPortions<T extends RequestKind>(kinds: readonly T[]): AsyncGenerator<T[]> {
  for (let from = 0; from < kinds.length; from += KINDS) {
    if (from > 0) await nextTurn();
    yield kinds.slice(from, from + KINDS);
  }
}

/** Kinds of requests as a table `wanted`, in their order. */
export function eachWanted(kinds: readonly RequestKind[]): Prisma.Sql {
  const values = kinds.map((kind) => [
    kind.submission_id,
    Number(kind.is_superseded),
    kind.outcome,
    kind.error_code,
  ]);
  return Prisma.sql`json_each(${JSON.stringify(values)}) AS wanted`;
}

/** Whether a request is of the kind in `wanted`; in the order of the index. */
export const IS_WANTED = Prisma.sql`submission_id = wanted.value->>0 AND is_superseded = wanted.value->>1
  AND outcome = wanted.value->>2 AND error_code IS wanted.value->>3`;

/** Whether a request is of a kind; in the order of the index. */
export function isInGroup({ submission_id, is_superseded, outcome, error_code }: RequestKind): Prisma.Sql {
  return Prisma.sql`submission_id = ${submission_id} AND is_superseded = ${is_superseded}
    AND outcome = ${outcome} AND error_code IS ${error_code}`;
}

/**
 * How many requests of a submission have which outcome and error code; read from the index alone, and only of the kinds
 * that pass.
 */
export async function countRequests(
  db: Database,
  { submission_id }: { submission_id: string },
  passes?: (kind: RequestKind) => boolean,
): Promise<RequestGroup[]> {
  const kinds = passes && (await findKinds(db, submission_id)).filter(passes);
  // All of them in one statement: requests may change their kind between two.
  const wanted = kinds ? eachWanted(kinds) : Prisma.sql`(${kindsOf(submission_id)}) AS wanted`;
  const [{ rows }] = await db.$queryRaw<[{ rows: string }]>`
    SELECT json_group_array(json_array(json(wanted.value), (SELECT count(*) FROM requests WHERE ${IS_WANTED}))) AS rows
    FROM ${wanted}`;
  const counted = JSON.parse(rows) as [RawKind, number][];
  return counted.flatMap(([kind, count]) => (count > 0 ? [{ ...fromRaw(kind), count }] : []));
}

/** As SQLite has it, which knows no booleans. */
type RawKind = [
  submission_id: string,
  is_superseded: number,
  outcome: RequestOutcome,
  error_code: string | null,
];

function fromRaw([submission_id, is_superseded, outcome, error_code]: RawKind): RequestKind {
  return { submission_id, is_superseded: is_superseded === 1, outcome, error_code };
}

async function findKinds(db: Database, submission_id: string): Promise<RequestKind[]> {
  const [{ kinds }] = await db.$queryRaw<[{ kinds: string }]>`
    SELECT json_group_array(json(value)) AS kinds FROM (${kindsOf(submission_id)})`;
  return (JSON.parse(kinds) as RawKind[]).map(fromRaw);
}

/** The kinds that requests of a submission may be of, found in leaps over all others of the same. */
function kindsOf(submission_id: string): Prisma.Sql {
  const nextCode = (of: string, more: string) => Prisma.sql`
    SELECT min(error_code) FROM requests WHERE submission_id = ${submission_id}
      AND is_superseded = ${Prisma.raw(of)}.is_superseded AND outcome = ${Prisma.raw(of)}.outcome ${Prisma.raw(more)}`;
  // Each list of codes ends with a NULL, which stands for the kind without a code.
  return Prisma.sql`
    WITH RECURSIVE outcomes (is_superseded, outcome) AS (SELECT value->>0, value->>1 FROM json_each(${OUTCOMES})),
    codes (is_superseded, outcome, error_code) AS (
      SELECT is_superseded, outcome, (${nextCode('outcomes', '')}) FROM outcomes
      UNION ALL
      SELECT is_superseded, outcome, (${nextCode('codes', 'AND error_code > codes.error_code')})
      FROM codes WHERE error_code IS NOT NULL)
    SELECT json_array(${submission_id}, is_superseded, outcome, error_code) AS value FROM codes`;
}
