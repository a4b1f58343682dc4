import type { ListRequests, RequestOutcome } from '@batchdesk/shared';
import type { Database } from '../db/database.ts';
import { findRequest, readRequests, readRequestsOfGroups } from '../db/request-pages.ts';
import type { RequestGroup, StoredRequest } from '../db/request-pages.ts';
import type { KeptResults } from './kept-results.ts';

/** Requests that match a query, in input order. */
export interface RequestPage {
  rows: StoredRequest[];
  has_more: boolean;
  /** All that match, on other pages too. */
  total: number;
}

/** Whatever is pending has been submitted once its submission has a batch. */
export function showOutcome(outcome: RequestOutcome, hasBatch: boolean): RequestOutcome {
  return outcome === 'pending' && hasBatch ? 'submitted' : outcome;
}

/** Sums groups by a word; those that have none are left out. */
export function countBy(
  groups: readonly RequestGroup[],
  wordOf: (group: RequestGroup) => string | null,
): Record<string, number> {
  const sums = new Map<string, number>();
  for (const group of groups) {
    const word = wordOf(group);
    if (word !== null) sums.set(word, (sums.get(word) ?? 0) + group.count);
  }
  return Object.fromEntries(sums);
}

/** The requests that pass the filters of a query, after its line; `groups` are all there are. */
export async function pageRequests(
  db: Database,
  { scope, files }: KeptResults,
  query: ListRequests & { groups: readonly RequestGroup[] },
): Promise<RequestPage> {
  const { after, custom_id, outcome, error_code } = query;
  const passes = (row: Pick<RequestGroup, 'submission_id' | 'outcome' | 'error_code'>) =>
    (outcome === undefined || showOutcome(row.outcome, files.hasBatch(row.submission_id)) === outcome) &&
    (error_code === undefined || row.error_code === error_code);
  if (custom_id !== undefined) {
    const row = await findRequest(db, scope, custom_id);
    const found = row && passes(row) ? [row] : [];
    return { rows: found.filter(({ line }) => line > after), has_more: false, total: found.length };
  }
  const groups = query.groups.filter(passes);
  const limit = query.limit + 1;
  // All of a job are read in the order of its lines: its groups may change while other work goes on.
  const isAll = scope.submission_id === null && outcome === undefined && error_code === undefined;
  const rows = isAll
    ? await readRequests(db, scope.job_id, { after, limit })
    : await readRequestsOfGroups(db, groups, { after, limit });
  return {
    rows: rows.slice(0, query.limit),
    has_more: rows.length === limit,
    total: groups.reduce((sum, { count }) => sum + count, 0),
  };
}
