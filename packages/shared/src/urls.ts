import type { ResultType } from './contracts/results.ts';

/** Path and query that download one result file of a batch. */
export function resultsUrl(batchId: string, type: ResultType): string {
  return `/api/batch/${encodeURIComponent(batchId)}/results?type=${type}`;
}
