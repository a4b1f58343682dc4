import type { BatchEndpoint, BatchRequest } from '@batchdesk/shared';
import { createRestClient } from '../api/transports.ts';
import { chatRequests } from './requests.ts';
import type { TestServer } from './start-test-server.ts';
import { waitFor } from './wait-for.ts';

/** A line of a result file as OpenAI writes them; no `custom_id` when it is undefined. */
export function resultLine(custom_id: string | undefined, body: unknown, status_code = 200): string {
  const response = { status_code, request_id: 'req_1', body };
  return JSON.stringify({ id: 'batch_req_1', custom_id, response, error: null });
}

/** The body of a chat answer. */
export function chatAnswer(content: string | null, message: object = {}) {
  return { choices: [{ index: 0, message: { role: 'assistant', content, ...message } }] };
}

/** Hands requests in and waits until their results are here and indexed. */
export async function runToEnd(
  server: TestServer,
  requests: number | BatchRequest[],
  endpoint: BatchEndpoint = '/v1/chat/completions',
): Promise<string> {
  const list = typeof requests === 'number' ? chatRequests(requests) : requests;
  const { id } = await createRestClient(server.url).create({ endpoint, requests: list });
  await untilCollected(server, id);
  return id;
}

/** Waits until the results of a batch are here and indexed. */
export async function untilCollected(server: TestServer, id: string): Promise<void> {
  await waitFor(
    () => server.db.batch.findUnique({ where: { id } }),
    (batch) => batch?.collected_at != null,
  );
}

/** What a download answers, as text. */
export async function download(server: TestServer, id: string, query: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/batch/${id}/results?${query}`);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return answer.text();
}

/** The downloads that the provider was asked for: the range of each, `whole` where there was none. */
export function downloadsOf(server: TestServer): string[] {
  return server.local.faults
    .calls()
    .filter(({ operation }) => operation === 'files.content')
    .map(({ range }) => range ?? 'whole');
}
