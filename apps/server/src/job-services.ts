import type {
  Budget,
  CountJobs,
  CountJobsAnswer,
  DeleteJobAnswer,
  Job,
  JobErrorsAnswer,
  JobSearch,
  JobSearchMatch,
  JobsTable,
  ListEvents,
  ListEventsAnswer,
  ListJobs,
  ListJobsAnswer,
  ListRequests,
  ListRequestsAnswer,
  ResultsQuery,
  RetryJob,
} from '@batchdesk/shared';
import { deleteJob } from './collection/delete-job.ts';
import { openJobRequests } from './collection/open-job-requests.ts';
import { openJobResults } from './collection/open-job-results.ts';
import { openJobSearch } from './collection/open-job-search.ts';
import type { Deps } from './deps.ts';
import { countJobs } from './insight/count-jobs.ts';
import { exportJobs } from './insight/export-jobs.ts';
import { exportResults } from './insight/export-results.ts';
import { findKnownJob } from './insight/find-known-job.ts';
import { getJob, getJobWithSubmissions } from './insight/get-job.ts';
import type { JobWithSubmissions } from './insight/get-job.ts';
import { listErrors } from './insight/list-errors.ts';
import { listEvents } from './insight/list-events.ts';
import { listJobs } from './insight/list-jobs.ts';
import { listRequests } from './insight/list-requests.ts';
import { searchRequests } from './insight/search-requests.ts';
import { createJob } from './intake/create-job.ts';
import type { CreateJobCommand } from './intake/create-job.ts';
import { setJobBudget } from './pricing/job-budgets.ts';
import { retryJob } from './retries/retry-job.ts';
import { cancelJob } from './tracking/cancel-job.ts';

/** What the server can do with jobs. All throw `BatchdeskError`; those about one job, `job_not_found`. */
export interface JobServices {
  createJob(command: CreateJobCommand): Promise<Job>;
  listJobs(query: ListJobs): Promise<ListJobsAnswer>;
  countJobs(query: CountJobs): Promise<CountJobsAnswer>;
  /** All jobs that match, as CSV, until `signal`. */
  exportJobs(query: JobsTable, signal: AbortSignal): AsyncIterable<string>;
  getJob(jobId: string): Promise<JobWithSubmissions>;
  cancelJob(jobId: string): Promise<Job>;
  /** What it may cost; `null` when there is no such limit. What was held for it goes on. */
  setJobBudget(jobId: string, budget: Budget | null): Promise<Job>;
  retryJob(command: RetryJob & { job_id: string; idempotency_key?: string | undefined }): Promise<Job>;
  deleteJob(jobId: string, options: { provider_files: boolean }): Promise<DeleteJobAnswer>;
  exportJobResults(jobId: string, query: ResultsQuery): Promise<AsyncIterable<Uint8Array | string>>;
  listJobRequests(jobId: string, query: ListRequests): Promise<ListRequestsAnswer>;
  /** What did not succeed, by error code. */
  listJobErrors(jobId: string): Promise<JobErrorsAnswer>;
  searchJob(
    jobId: string,
    query: JobSearch & { signal: AbortSignal | undefined },
  ): Promise<AsyncIterable<JobSearchMatch>>;
  listEvents(jobId: string, query: ListEvents): Promise<ListEventsAnswer>;
}

/** Puts the stages together for jobs. `thenWork` tells the background that there may be something new to do. */
export function createJobServices(deps: Deps, thenWork: <T>(work: Promise<T>) => Promise<T>): JobServices {
  return {
    createJob: async (command) => getJob(deps, await thenWork(createJob(deps, command))),
    listJobs: (query) => listJobs(deps, query),
    countJobs: (query) => countJobs(deps, query),
    exportJobs: (query, signal) => exportJobs(deps, query, signal),
    getJob: (jobId) => getJobWithSubmissions(deps, jobId),
    async cancelJob(jobId) {
      await findKnownJob(deps, jobId);
      await thenWork(cancelJob(deps, jobId));
      return getJob(deps, jobId);
    },
    async setJobBudget(jobId, budget) {
      await thenWork(setJobBudget(deps, jobId, budget));
      return getJob(deps, jobId);
    },
    async retryJob(command) {
      await findKnownJob(deps, command.job_id);
      await thenWork(retryJob(deps, command));
      return getJob(deps, command.job_id);
    },
    async deleteJob(id, options) {
      const provider_files_deleted = await deleteJob(deps, await findKnownJob(deps, id), options);
      return { success: true, id, deleted: true, provider_files_deleted };
    },
    exportJobResults: async (jobId, query) =>
      exportResults(deps, await openJobResults(deps, await findKnownJob(deps, jobId), query.type), query),
    listJobRequests: async (jobId, query) =>
      listRequests(deps, await openJobRequests(deps, await findKnownJob(deps, jobId), query.include), query),
    listJobErrors: async (jobId) =>
      listErrors(deps, await openJobRequests(deps, await findKnownJob(deps, jobId), [])),
    searchJob: async (jobId, query) =>
      searchRequests(deps, await openJobSearch(deps, await findKnownJob(deps, jobId), query.in), query),
    listEvents: (jobId, query) => listEvents(deps, jobId, query),
  };
}
