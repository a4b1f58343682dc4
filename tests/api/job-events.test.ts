import type { ListEventsAnswer } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createRestClient } from './transports.ts';

async function readAll(url: string, order: 'asc' | 'desc'): Promise<number[]> {
  const ids: number[] = [];
  for (let after = 0; ; after = ids.at(-1)!) {
    const response = await fetch(`${url}?order=${order}&limit=2&after=${after}`);
    const page = (await response.json()) as ListEventsAnswer;
    ids.push(...page.data.map(({ id }) => id));
    if (!page.has_more) return ids;
  }
}

test('what happened to a job is read page by page, from either end', async () => {
  await using server = await startTestServer();
  const client = createRestClient(server.url);
  const { id, job_id } = await client.create({ endpoint: '/v1/chat/completions', requests: chatRequests(2) });
  await waitFor(
    async () => (await client.get(id)).batch.status,
    (status) => status === 'completed',
  );
  const jobUrl = `${server.url}/api/jobs/${job_id}`;
  await waitFor(
    async () => ((await (await fetch(jobUrl)).json()) as { job: { status: string } }).job.status,
    (status) => status === 'completed',
  );
  const oldestFirst = await readAll(`${jobUrl}/events`, 'asc');
  expect(oldestFirst.length).toBeGreaterThan(4);
  expect(oldestFirst).toEqual(oldestFirst.toSorted((one, other) => one - other));
  expect(await readAll(`${jobUrl}/events`, 'desc')).toEqual(oldestFirst.toReversed());
});
