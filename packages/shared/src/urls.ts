import type { ListEventsInput } from './contracts/events.ts';
import type { ListFilesInput } from './contracts/files.ts';
import type { CountJobsInput, JobsTableInput, ListJobsInput } from './contracts/list-jobs.ts';
import type { ListRequestsInput } from './contracts/requests.ts';
import type { JobResultsQueryInput, ResultsQueryInput } from './contracts/results.ts';
import type { JobSearchInput, SearchInput } from './contracts/search.ts';

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

/** Path and query of a page of jobs. */
export function jobsUrl(query: ListJobsInput = {}): string {
  return `/api/jobs${toQuery(query)}`;
}

/** Path and query that count jobs by their state. */
export function jobCountsUrl(filters: CountJobsInput = {}): string {
  return `/api/jobs/counts${toQuery(filters)}`;
}

/** Path and query that download jobs as CSV: all that match, or of those only the ones named, up to 100. */
export function jobsCsvUrl({
  ids,
  ...filters
}: Omit<JobsTableInput, 'ids'> & { ids?: readonly string[] } = {}): string {
  return `/api/jobs/list.csv${toQuery({ ...filters, ids: ids?.join(',') })}`;
}

/** Path of a job. */
export function jobUrl(jobId: string): string {
  return `/api/jobs/${encodeURIComponent(jobId)}`;
}

/** Path and query that download the results of a job, those that are there so far: of all requests unless told. */
export function jobResultsUrl(jobId: string, query: JobResultsQueryInput = {}): string {
  return `${jobUrl(jobId)}/results${toQuery(query)}`;
}

/** Path and query of a page of the requests of a job. */
export function jobRequestsUrl(jobId: string, query: ListRequestsInput = {}): string {
  return `${jobUrl(jobId)}/requests${toQuery(query)}`;
}

/** Path of what did not succeed in a job, by error code. */
export function jobErrorsUrl(jobId: string): string {
  return `${jobUrl(jobId)}/errors`;
}

/** Path and query that search the requests of a job. */
export function jobSearchUrl(jobId: string, query: JobSearchInput): string {
  return `${jobUrl(jobId)}/search${toQuery(query)}`;
}

/** Path and query of a page of what happened to a job. */
export function jobEventsUrl(jobId: string, query: ListEventsInput = {}): string {
  return `${jobUrl(jobId)}/events${toQuery(query)}`;
}

/** Path and query of a page of files. */
export function filesUrl(query: ListFilesInput = {}): string {
  return `/api/files${toQuery(query)}`;
}

/** Path of a file. */
export function fileUrl(fileId: string): string {
  return `/api/files/${encodeURIComponent(fileId)}`;
}

/** Path that downloads a file. */
export function fileContentUrl(fileId: string): string {
  return `${fileUrl(fileId)}/content`;
}

function batchUrl(batchId: string, what: string, query: object): string {
  return `/api/batch/${encodeURIComponent(batchId)}/${what}${toQuery(query)}`;
}

function toQuery(query: object): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
