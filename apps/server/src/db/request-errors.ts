import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestOutcome } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { IS_WANTED, eachWanted } from './request-groups.ts';
import type { RequestGroup } from './request-groups.ts';

/** Requests of a job that have the same outcome, error code and status code. */
export interface RequestError {
  outcome: RequestOutcome;
  error_code: string | null;
  status_code: number | null;
  count: number;
  /** Of the first one in input order. */
  line: number;
}

/** Rows read in one statement: some milliseconds. No index has the status. */
const PORTION = 2_000;

/** Tells groups of requests apart by their status codes too, and puts those of all submissions together. */
export async function countErrors(db: Database, groups: readonly RequestGroup[]): Promise<RequestError[]> {
  const sums = new Map<string, RequestError>();
  for (const portion of cut(groups)) {
    for (let after = 0; ;) {
      const { errors, read, last } = await countPortion(db, portion, after);
      for (const error of errors) addTo(sums, error);
      await nextTurn();
      if (read < PORTION) break;
      after = last;
    }
  }
  return [...sums.values()];
}

/** Small groups go together; one that is large is read in parts. */
function* cut(groups: readonly RequestGroup[]): Generator<RequestGroup[]> {
  let portion: RequestGroup[] = [];
  let requests = 0;
  for (const group of groups) {
    if (requests + group.count > PORTION && portion.length > 0) {
      yield portion;
      portion = [];
      requests = 0;
    }
    portion.push(group);
    requests += group.count;
  }
  if (portion.length > 0) yield portion;
}

/** Of the next `PORTION` requests after a line. */
async function countPortion(
  db: Database,
  groups: readonly RequestGroup[],
  after: number,
): Promise<{ errors: RequestError[]; read: number; last: number }> {
  const [{ rows }] = await db.$queryRaw<[{ rows: string }]>`
    SELECT json_group_array(json_array(outcome, error_code, status_code, count, line, last)) AS rows FROM (
      SELECT outcome, error_code, status_code, count(*) AS count, min(line) AS line, max(line) AS last FROM (
        SELECT outcome, error_code, status_code, line FROM ${eachWanted(groups)}
          CROSS JOIN requests ON ${IS_WANTED} AND line > ${after}
        ORDER BY line LIMIT ${PORTION})
      GROUP BY outcome, error_code, status_code)`;
  const counted = JSON.parse(rows) as [
    RequestOutcome,
    string | null,
    number | null,
    number,
    number,
    number,
  ][];
  return {
    errors: counted.map(([outcome, error_code, status_code, count, line]) => ({
      outcome,
      error_code,
      status_code,
      count,
      line,
    })),
    read: counted.reduce((sum, [, , , count]) => sum + count, 0),
    last: Math.max(0, ...counted.map((row) => row[5])),
  };
}

function addTo(sums: Map<string, RequestError>, error: RequestError): void {
  const key = JSON.stringify([error.outcome, error.error_code, error.status_code]);
  const sum = sums.get(key);
  if (!sum) {
    sums.set(key, error);
    return;
  }
  sum.count += error.count;
  sum.line = Math.min(sum.line, error.line);
}
