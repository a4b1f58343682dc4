import type {
  Batch,
  CreateBatchInput,
  ErrorObject,
  Health,
  ListBatchesAnswer,
  ListBatchesInput,
  ListRequestsAnswer,
  ListRequestsInput,
  ResultIssue,
  SearchInput,
  SearchMatch,
  Stats,
  StatsQueryInput,
} from '@batchdesk/shared';
import { requestsUrl, searchUrl } from '@batchdesk/shared';
import type { AppRouter } from '@batchdesk/server/router';
import type { TRPCLink } from '@trpc/client';
import { parseLines } from '../helpers/requests.ts';
import { TRPCClientError, createTRPCClient, httpBatchLink, httpLink } from '@trpc/client';

/** What both ways into the server can do; errors are thrown as `ApiError`. */
export interface ApiClient {
  create(body: CreateBatchInput): Promise<Batch>;
  get(
    batchId: string,
    refresh?: boolean,
  ): Promise<{ batch: Batch; stale?: true; issues?: ResultIssue[]; issue_count?: number }>;
  cancel(batchId: string): Promise<Batch>;
  list(query?: ListBatchesInput): Promise<ListBatchesAnswer>;
  requests(batchId: string, query?: ListRequestsInput): Promise<ListRequestsAnswer>;
  search(batchId: string, query: SearchInput): Promise<SearchMatch[]>;
  stats(query?: StatsQueryInput): Promise<Stats>;
  health(): Promise<Health>;
  resumeProvider(): Promise<Health>;
}

/** What the server answered instead. */
export class ApiError extends Error {
  readonly status: number;
  readonly error: ErrorObject;

  constructor(status: number, error: ErrorObject) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

/** The documented endpoints. */
export function createRestClient(url: string): ApiClient {
  async function read(path: string, init: RequestInit = {}): Promise<string> {
    const answer = await fetch(`${url}/api${path}`, init);
    const text = await answer.text();
    if (!answer.ok) throw new ApiError(answer.status, JSON.parse(text).error);
    return text;
  }
  async function call<T>(path: string, body?: unknown): Promise<T> {
    const json = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    return JSON.parse(await read(path, body === undefined ? {} : json)) as T;
  }
  const batchPath = (batchId: string) => `/batch/${encodeURIComponent(batchId)}`;
  return {
    create: async (body) => (await call<{ batch: Batch }>('/batch/create', body)).batch,
    get: (batchId, refresh) =>
      call(batchPath(batchId) + (refresh === undefined ? '' : `?refresh=${refresh}`)),
    cancel: async (batchId) => (await call<{ batch: Batch }>(`${batchPath(batchId)}/cancel`, {})).batch,
    list: (query = {}) => call(`/batch/list?${new URLSearchParams(query as Record<string, string>)}`),
    requests: (batchId, query) => call(requestsUrl(batchId, query).slice('/api'.length)),
    search: async (batchId, query) => parseLines(await read(searchUrl(batchId, query).slice('/api'.length))),
    stats: async (query = {}) =>
      (await call<{ stats: Stats }>(`/batch/stats?${new URLSearchParams(query as Record<string, string>)}`))
        .stats,
    health: () => call('/health'),
    resumeProvider: () => call('/provider/resume', {}),
  };
}

/** The typed client. */
export function createTrpcClient(url: string): ApiClient {
  return connect(httpLink({ url: `${url}/trpc` }));
}

/** The typed client that puts calls made at once into one, and each call alone into the same form. */
export function createBatchingTrpcClient(url: string): ApiClient {
  return connect(httpBatchLink({ url: `${url}/trpc` }));
}

function connect(link: TRPCLink<AppRouter>): ApiClient {
  const { batch, health, provider } = createTRPCClient<AppRouter>({ links: [link] });
  async function call<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      if (!(thrown instanceof TRPCClientError)) throw thrown;
      throw new ApiError(thrown.data.httpStatus, thrown.data.error);
    }
  }
  return {
    create: (body) => call(batch.create.mutate(body)),
    get: (batch_id, refresh) =>
      call(batch.get.query({ batch_id, ...(refresh === undefined ? {} : { refresh }) })),
    cancel: (batch_id) => call(batch.cancel.mutate({ batch_id })),
    list: (query = {}) => call(batch.list.query(query)),
    requests: (batch_id, query) => call(batch.requests.query({ batch_id, ...query })),
    search: (batch_id, query) => call(batch.search.query({ batch_id, ...query })),
    stats: (query) => call(batch.stats.query(query)),
    health: () => call(health.query()),
    resumeProvider: () => call(provider.resume.mutate()),
  };
}

/** The error that a call ends with. */
export async function errorOf(call: Promise<unknown>): Promise<ApiError> {
  try {
    const answer = await call;
    throw new Error(`No error but an answer: ${JSON.stringify(answer)}`);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
