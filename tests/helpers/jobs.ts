import type { BatchRequest, CreateJobInput, Job, JobEvent, SubmissionView } from '@batchdesk/shared';
import { json } from './http.ts';
import { parseLines } from './requests.ts';
import type { TestServer } from './start-test-server.ts';
import { waitFor } from './wait-for.ts';

/** Where a server is; the one of a test, or a process. */
type At = Pick<TestServer, 'url'>;

/** What `GET /api/jobs/{job_id}` answers. */
export interface JobView {
  job: Job;
  submissions: SubmissionView[];
}

/** Chat requests `request-1` … `request-count` whose models take turns. */
export function mixedRequests(count: number, models: readonly string[] = ['gpt-4o-mini']): BatchRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    custom_id: `request-${index + 1}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: {
      model: models[index % models.length],
      messages: [{ role: 'user', content: `Question ${index + 1}` }],
    },
  }));
}

/** Asks for something about jobs; what is no success is thrown as `status code`. */
export async function callJobs<T>({ url }: At, path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) };
  const answer = await fetch(`${url}/api/jobs${path}`, init);
  const read = (await answer.json()) as T & { error?: { code: string } };
  if (!answer.ok) throw new Error(`${answer.status} ${read.error?.code}`);
  return read;
}

/** Creates a job of chat requests; returns its id. */
export async function createJob(
  server: At,
  requests: number | BatchRequest[],
  more: Partial<CreateJobInput> = {},
): Promise<string> {
  const list = typeof requests === 'number' ? mixedRequests(requests) : requests;
  const body = { endpoint: '/v1/chat/completions', requests: list, ...more };
  return (await callJobs<{ job: Job }>(server, '', body)).job.id;
}

/** A job and its submissions, as they are now. */
export function getJob(server: At, id: string): Promise<JobView> {
  return callJobs(server, `/${id}`);
}

/** Waits until a job has ended. */
export function untilEnded(server: At, id: string, deadlineMs = 25_000): Promise<JobView> {
  return waitFor(
    () => getJob(server, id),
    ({ job }) => job.finished_at !== null,
    deadlineMs,
  );
}

/** Creates a job and waits until it has ended. */
export async function runJob(
  server: At,
  requests: number | BatchRequest[],
  more: Partial<CreateJobInput> = {},
): Promise<JobView> {
  return untilEnded(server, await createJob(server, requests, more));
}

/** The counts of a job that are not 0. */
export function countsOf({ job }: Pick<JobView, 'job'>): Record<string, number> {
  return Object.fromEntries(Object.entries(job.counts).filter(([, count]) => count > 0));
}

/** The ids in the merged results of a job, in their order. */
export async function resultIds(server: At, id: string, type = 'merged'): Promise<string[]> {
  const answer = await fetch(`${server.url}/api/jobs/${id}/results?type=${type}`);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status}: ${text}`);
  return parseLines(text).map(({ custom_id }) => custom_id as string);
}

/** `request-1` … `request-count`. */
export function requestIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `request-${index + 1}`);
}

/** What happened to a job. */
export async function eventsOf(server: At, id: string): Promise<JobEvent[]> {
  return (await callJobs<{ data: JobEvent[] }>(server, `/${id}/events?limit=1000`)).data;
}

/** The batches that the provider has. */
export async function batchesAtProvider({
  local,
}: Pick<TestServer, 'local'>): Promise<
  { id: string; status: string; metadata: Record<string, string> | null }[]
> {
  const headers = { authorization: `Bearer ${local.apiKey}` };
  const batches = [];
  for (let after = ''; ; after = `&after=${batches.at(-1).id}`) {
    const answer = await fetch(`${local.url}/batches?limit=100${after}`, { headers });
    const { data, has_more } = (await answer.json()) as { data: any[]; has_more: boolean };
    batches.push(...data);
    if (!has_more || data.length === 0) return batches;
  }
}

/** How often the provider was asked for something. */
export function countCalls({ local }: Pick<TestServer, 'local'>, operation: string): number {
  return local.faults.calls().filter((call) => call.operation === operation).length;
}
