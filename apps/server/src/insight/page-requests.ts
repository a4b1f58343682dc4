import type { ListRequests, RequestOutcome } from '@batchdesk/shared';
import type { Database } from '../db/database.ts';
import { countRequestsOfJob } from '../db/job-groups.ts';
import { findBlocks, groupsAfter } from '../db/request-blocks.ts';
import { countRequests } from '../db/request-groups.ts';
import type { RequestGroup, RequestKind } from '../db/request-groups.ts';
import { findRequest, readRequests, readRequestsOfGroups } from '../db/request-pages.ts';
import type { LedgerScope, StoredRequest } from '../db/request-pages.ts';
import { findPlaceInBlocks, findPlaceInJob } from '../db/request-places.ts';
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

/**
 * The requests that pass the filters of a query, after its line or from its offset on. `groups` are all there are, `null`
 * when they have not been counted.
 */
export async function pageRequests(
  db: Database,
  { scope, files }: KeptResults,
  query: ListRequests & { groups: readonly RequestGroup[] | null },
): Promise<RequestPage> {
  const { after = 0, offset = 0, custom_id, outcome, error_code } = query;
  const passes = (kind: Omit<RequestKind, 'is_superseded'>) =>
    (!outcome || outcome.includes(showOutcome(kind.outcome, files.hasBatch(kind.submission_id)))) &&
    (!error_code || (kind.error_code !== null && error_code.includes(kind.error_code)));
  if (custom_id !== undefined) {
    const row = await findRequest(db, scope, custom_id);
    const found = row && passes(row) ? [row] : [];
    return {
      rows: found.slice(offset).filter(({ line }) => line > after),
      has_more: false,
      total: found.length,
    };
  }
  // All of a job are read in the order of its lines: its groups may change while other work goes on.
  const isAll = scope.submission_id === null && !outcome && !error_code;
  const page = isAll
    ? await pageJob(db, scope.job_id, query)
    : await pageGroups(db, query.groups?.filter(passes) ?? (await countGroups(db, scope, passes)), query);
  const { rows, total } = page;
  return {
    rows: rows.slice(0, query.limit),
    has_more: rows.length > query.limit,
    total: isAll && query.groups ? sumCounts(query.groups) : total,
  };
}

/** How many requests of a batch or a job have which outcome and error code; only of the kinds that pass, if told. */
export function countGroups(
  db: Database,
  { job_id, submission_id }: LedgerScope,
  passes?: (kind: RequestKind) => boolean,
): Promise<RequestGroup[]> {
  return submission_id === null
    ? countRequestsOfJob(db, job_id, passes)
    : countRequests(db, { submission_id }, passes);
}

/** One request more than the page has room for, if there is one. */
type RowsOfPage = Pick<RequestPage, 'rows' | 'total'>;

async function pageJob(
  db: Database,
  jobId: string,
  { after = 0, offset, limit }: ListRequests,
): Promise<RowsOfPage> {
  const { place, total } = await findPlaceInJob(db, jobId, offset ?? 0);
  const page = { after: offset === undefined ? after : place, limit: limit + 1 };
  return { rows: await readRequests(db, jobId, page), total };
}

async function pageGroups(
  db: Database,
  groups: readonly RequestGroup[],
  { after = 0, offset, limit }: ListRequests,
): Promise<RowsOfPage> {
  const blocks = await findBlocks(db, groups);
  const place = offset === undefined ? after : await findPlaceInBlocks(db, blocks, offset);
  const page = { after: place, limit: limit + 1 };
  return { rows: await readRequestsOfGroups(db, groupsAfter(blocks, page), page), total: sumCounts(groups) };
}

function sumCounts(groups: readonly RequestGroup[]): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}
