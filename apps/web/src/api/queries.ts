import type {
  CountJobsInput,
  Job,
  JobSearchInput,
  ListEventsAnswer,
  ListFilesAnswer,
  ListJobsInput,
  ListRequestsInput,
  RequestView,
  StatsQueryInput,
} from '@batchdesk/shared';
import type { FileFilters } from '../pages/files/file-filters.ts';
import type { HistoryRange } from '../pages/overview/history-range.ts';
import type { Api } from './api.ts';
import { askPage } from './ask-page.ts';
import type { AskedPage } from './ask-page.ts';
import { findBatch } from './find-batch.ts';

/** Events in one page. */
const EVENTS = 50;
/** Bodies are large: long enough to go from one to the next and back. */
const BODY_KEPT_MS = 10_000;

/** For what stays as it was answered: whatever is asked for anew, this is only when it failed. */
const ASKED_ONCE = {
  staleTime: ({ state }: { state: { data: unknown } }) =>
    state.data === undefined ? 0 : ('static' as const),
  refetchInterval: false as const,
};

/**
 * What the page asks the server for, each under its key: what changes is asked for anew by the beginning of the key. Answers
 * that an abandoned view waited for are not read to the end.
 */
export function createQueries(api: Api) {
  return {
    health: () => ({
      queryKey: ['health'],
      queryFn: ({ signal }: Call) => api.health.query(undefined, { signal }),
    }),
    stats: (input: StatsQueryInput = {}) => ({
      queryKey: ['stats', input],
      queryFn: ({ signal }: Call) => api.batch.stats.query(input, { signal }),
    }),
    /** Totals by time, with the range that they are of: so that one is told from the other while both are around. */
    history: (range: HistoryRange, provider: 'openai' | 'local') => ({
      queryKey: ['stats', 'history', range, provider],
      queryFn: async ({ signal }: Call) => {
        const { group_by, days } = range;
        return {
          range,
          stats: await api.batch.stats.query({ from: days[0], group_by, provider }, { signal }),
        };
      },
    }),
    budget: () => ({
      queryKey: ['budget'],
      queryFn: ({ signal }: Call) => api.budget.get.query(undefined, { signal }),
    }),
    prices: () => ({
      queryKey: ['prices'],
      queryFn: ({ signal }: Call) => api.prices.list.query(undefined, { signal }),
    }),
    limits: () => ({
      queryKey: ['limits'],
      queryFn: ({ signal }: Call) => api.limits.list.query(undefined, { signal }),
    }),
    jobs: (input: ListJobsInput = {}) => ({
      queryKey: ['jobs', 'list', input],
      queryFn: ({ signal }: Call) => api.job.list.query(input, { signal }),
    }),
    jobCounts: (input: CountJobsInput = {}) => ({
      queryKey: ['jobs', 'counts', input],
      queryFn: ({ signal }: Call) => api.job.counts.query(input, { signal }),
    }),
    job: (job_id: string) => ({
      queryKey: ['jobs', 'one', job_id],
      queryFn: ({ signal }: Call) => api.job.get.query({ job_id }, { signal }),
    }),
    /** Pages of the requests of a job. */
    requests: (job_id: string, input: ListRequestsInput) => ({
      queryKey: ['jobs', 'requests', job_id, input],
      queryFn: ({ signal }: Call) => api.job.requests.query({ job_id, ...input }, { signal }),
    }),
    /** What was sent of a request, or the line that answers it: the same as long as its attempt and outcome are. */
    requestBody: (
      job_id: string,
      part: 'input' | 'result',
      { custom_id, attempt, outcome }: Pick<RequestView, 'custom_id' | 'attempt' | 'outcome'>,
    ) => ({
      queryKey: ['body', job_id, part, custom_id, attempt, outcome],
      queryFn: async ({ signal }: Call) => {
        const input = { job_id, custom_id, include: [part], counts: false };
        const { data } = await api.job.requests.query(input, { signal });
        const line: unknown = data[0]?.[part] ?? null;
        // Held by a function: a store would walk through all of a body each time it changes.
        return { read: () => line };
      },
      ...ASKED_ONCE,
      gcTime: BODY_KEPT_MS,
    }),
    /** Requests of a job in which a text is found. It may read all of the job: it is done again once the job has gone on. */
    search: ({ id: job_id, state, status, finished_at }: SearchedJob, input: JobSearchInput) => ({
      queryKey: ['search', job_id, state, status, finished_at, input],
      queryFn: ({ signal }: Call) => api.job.search.query({ job_id, ...input }, { signal }),
      ...ASKED_ONCE,
    }),
    /** What did not succeed in a job, by error code. */
    errors: (job_id: string) => ({
      queryKey: ['jobs', 'errors', job_id],
      queryFn: ({ signal }: Call) => api.job.errors.query({ job_id }, { signal }),
    }),
    /** A batch as it is stored: nothing is asked of the provider. */
    batch: (job_id: string, batch_id: string) => ({
      queryKey: ['jobs', 'batch', job_id, batch_id],
      queryFn: ({ signal }: Call) => api.batch.get.query({ batch_id, refresh: false }, { signal }),
    }),
    /** Some batches of a job as they are stored, in the order of `batchIds`. */
    batchesOfJob: (job_id: string, batchIds: readonly string[]) => ({
      queryKey: ['jobs', 'batch', job_id, batchIds],
      queryFn: ({ signal }: Call) =>
        Promise.all(
          batchIds.map((batch_id) => api.batch.get.query({ batch_id, refresh: false }, { signal })),
        ),
    }),
    /** The id of the job of a batch, which the provider is asked for when it is not known here. */
    jobOfBatch: (batch_id: string) => ({
      queryKey: ['jobs', 'of', batch_id],
      queryFn: async ({ signal }: Call) => (await findBatch(api, batch_id, signal)).batch.job_id,
    }),
    /** Pages of what happened to a job, newest first. */
    events: (job_id: string) => ({
      queryKey: ['jobs', 'events', job_id],
      queryFn: ({ signal, ...call }: PageCall<number>) =>
        askPage(call, (after) =>
          api.job.events.query({ job_id, order: 'desc', after, limit: EVENTS }, { signal }),
        ),
      initialPageParam: 0,
      getNextPageParam: (page: ListEventsAnswer) => (page.has_more ? page.last_id : null),
    }),
    /** Pages of all files, newest first. */
    files: (filters: FileFilters) => ({
      queryKey: ['files', 'list', filters],
      queryFn: ({ signal, ...call }: PageCall<string | null>) =>
        askPage(call, (after) =>
          api.files.list.query({ ...filters, ...(after === null ? {} : { after }) }, { signal }),
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page: ListFilesAnswer) => page.next,
    }),
    fileTotals: () => ({
      queryKey: ['files', 'totals'],
      queryFn: ({ signal }: Call) => api.files.totals.query(undefined, { signal }),
    }),
    /** What a clean-up would delete now. */
    cleanUp: () => ({
      queryKey: ['files', 'clean-up'],
      queryFn: ({ signal }: Call) => api.files.cleanUp.mutate({ dry_run: true }, { signal }),
    }),
    filesOfJob: (job_id: string) => ({
      queryKey: ['jobs', 'files', job_id],
      queryFn: ({ signal, pageParam }: Call & { pageParam: string | null }) =>
        api.files.list.query({ job_id, ...(pageParam === null ? {} : { after: pageParam }) }, { signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page: ListFilesAnswer) => page.next,
    }),
  };
}

/** A job, and how far it was when it was searched. */
type SearchedJob = Pick<Job, 'id' | 'state' | 'status' | 'finished_at'>;

/** What a question is asked with. */
export interface Call {
  signal: AbortSignal;
}

/** What a page is asked for with. */
type PageCall<P> = Call & AskedPage<P>;
