import type {
  Batch,
  CountJobsAnswer,
  CountJobsInput,
  CreateBatchInput,
  CreateJobInput,
  DeleteJobAnswer,
  Job,
  JobErrorsAnswer,
  JobSearchInput,
  JobSearchMatch,
  ListEventsAnswer,
  ListEventsInput,
  ListJobsAnswer,
  ListJobsInput,
  ListRequestsAnswer,
  ListRequestsInput,
  RetryJob,
  SubmissionView,
} from '@batchdesk/shared';
import {
  jobCountsUrl,
  jobErrorsUrl,
  jobEventsUrl,
  jobRequestsUrl,
  jobSearchUrl,
  jobUrl,
  jobsUrl,
} from '@batchdesk/shared';
import type { AppRouter } from '@batchdesk/server/router';
import { TRPCClientError, createTRPCClient, httpLink } from '@trpc/client';
import { parseLines } from '../helpers/requests.ts';
import { ApiError } from './transports.ts';

/** What both ways into the server can do with jobs; errors are thrown as `ApiError`. */
export interface JobClient {
  createBatch(body: CreateBatchInput, key?: string): Promise<Batch & Pick<Job, 'warnings'>>;
  create(body: CreateJobInput, key?: string): Promise<Job>;
  list(query?: ListJobsInput): Promise<ListJobsAnswer>;
  counts(filters?: CountJobsInput): Promise<CountJobsAnswer>;
  get(jobId: string): Promise<{ job: Job; submissions: SubmissionView[] }>;
  cancel(jobId: string): Promise<Job>;
  retry(jobId: string, what?: RetryJob): Promise<Job>;
  requests(jobId: string, query?: ListRequestsInput): Promise<ListRequestsAnswer>;
  errors(jobId: string): Promise<JobErrorsAnswer>;
  search(jobId: string, query: JobSearchInput): Promise<JobSearchMatch[]>;
  events(jobId: string, query?: ListEventsInput): Promise<ListEventsAnswer>;
  delete(jobId: string, providerFiles?: boolean): Promise<DeleteJobAnswer>;
}

/** The documented endpoints. */
export function createRestJobClient(url: string): JobClient {
  async function read(path: string, init: RequestInit = {}): Promise<string> {
    const answer = await fetch(`${url}${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new ApiError(answer.status, JSON.parse(text).error);
    return text;
  }
  const call = async <T>(path: string, init?: RequestInit): Promise<T> => JSON.parse(await read(path, init));
  const post = <T>(path: string, body?: unknown, key?: string) =>
    call<T>(path, {
      method: 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    async createBatch(body, key) {
      const { batch, ...more } = await post<{ batch: Batch }>('/api/batch/create', body, key);
      return { ...batch, ...more };
    },
    create: async (body, key) => (await post<{ job: Job }>('/api/jobs', body, key)).job,
    list: (query) => call(jobsUrl(query)),
    counts: (filters) => call(jobCountsUrl(filters)),
    get: (id) => call(jobUrl(id)),
    cancel: async (id) => (await post<{ job: Job }>(`${jobUrl(id)}/cancel`)).job,
    retry: async (id, what) => (await post<{ job: Job }>(`${jobUrl(id)}/retry`, what)).job,
    requests: (id, query) => call(jobRequestsUrl(id, query)),
    errors: (id) => call(jobErrorsUrl(id)),
    search: async (id, query) => parseLines(await read(jobSearchUrl(id, query))),
    events: (id, query) => call(jobEventsUrl(id, query)),
    delete: (id, providerFiles) =>
      call(`${jobUrl(id)}${providerFiles ? '?provider_files=true' : ''}`, { method: 'DELETE' }),
  };
}

/** The typed client. */
export function createTrpcJobClient(url: string): JobClient {
  const headers = ({ op }: { op: { context: Record<string, unknown> } }) => {
    const key = op.context['key'];
    return typeof key === 'string' ? { 'idempotency-key': key } : {};
  };
  const { batch, job } = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] });
  async function call<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      if (!(thrown instanceof TRPCClientError)) throw thrown;
      throw new ApiError(thrown.data.httpStatus, thrown.data.error);
    }
  }
  return {
    createBatch: (body, key) => call(batch.create.mutate(body, { context: { key } })),
    create: (body, key) => call(job.create.mutate(body, { context: { key } })),
    list: (query = {}) => call(job.list.query(query)),
    counts: (filters) => call(job.counts.query(filters)),
    get: (job_id) => call(job.get.query({ job_id })),
    cancel: (job_id) => call(job.cancel.mutate({ job_id })),
    retry: (job_id, what) => call(job.retry.mutate({ job_id, ...what })),
    requests: (job_id, query) => call(job.requests.query({ job_id, ...query })),
    errors: (job_id) => call(job.errors.query({ job_id })),
    search: (job_id, query) => call(job.search.query({ job_id, ...query })),
    events: (job_id, query) => call(job.events.query({ job_id, ...query })),
    delete: (job_id, provider_files = false) => call(job.delete.mutate({ job_id, provider_files })),
  };
}
