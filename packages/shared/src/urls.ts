import type { ListRequestsInput } from './contracts/requests.ts';
import type { ResultsQueryInput } from './contracts/results.ts';
import type { SearchInput } from './contracts/search.ts';

/** Path and query that download results of a batch: `output`, `error` or `merged`, as JSONL or CSV. */
export function resultsUrl(
  batchId: string,
  type: ResultsQueryInput['type'],
  format?: ResultsQueryInput['format'],
): string {
  return batchUrl(batchId, 'results', { type, format });
}

/** Path and query of a page of the requests of a batch. */
export function requestsUrl(batchId: string, query: ListRequestsInput = {}): string {
  return batchUrl(batchId, 'requests', query);
}

/** Path and query that search the results of a batch. */
export function searchUrl(batchId: string, query: SearchInput): string {
  return batchUrl(batchId, 'search', query);
}

function batchUrl(batchId: string, what: string, query: object): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`);
  return `/api/batch/${encodeURIComponent(batchId)}/${what}${pairs.length === 0 ? '' : '?'}${pairs.join('&')}`;
}
