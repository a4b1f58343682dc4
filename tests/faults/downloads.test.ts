import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultInput } from '@batchdesk/local-provider';
import { expect, test } from 'vitest';
import { createRestClient } from '../api/transports.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { filesLeft } from '../helpers/http.ts';
import { chatRequests, parseLines } from '../helpers/requests.ts';
import { download, downloadsOf, runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** A batch that the background does not collect, because it was made elsewhere; and the bytes of its output. */
async function makeElsewhere(server: TestServer, count = 3): Promise<{ id: string; output: string }> {
  const client = createClient(server.local);
  const { id, output_file_id } = await runBatch(client, chatRequests(count));
  const output = await (await client.files.content(output_file_id!)).text();
  server.local.faults.clear();
  return { id, output };
}

const resultsOf = (server: TestServer, id: string) => fetch(`${server.url}/api/batch/${id}/results`);

/** Reads the beginning of an answer and leaves the rest. */
async function readFirst(answer: Response): Promise<{ text: string; rest: () => Promise<string> }> {
  const reader = answer.body!.getReader();
  const decoder = new TextDecoder();
  const first = await reader.read();
  const text = decoder.decode(first.value, { stream: true });
  const rest = async () => {
    let more = '';
    for (let part = await reader.read(); !part.done; part = await reader.read())
      more += decoder.decode(part.value, { stream: true });
    return more;
  };
  return { text, rest };
}

const cuts: [string, FaultInput[], string[]][] = [
  ['goes on where it was', [{ kind: 'truncate', bytes: 100 }], ['whole', 'bytes=100-']],
  [
    'goes on as often as it gets further',
    [{ kind: 'truncate', bytes: 100, times: 5 }],
    ['whole', ...[1, 2, 3, 4, 5].map((part) => `bytes=${part * 100}-`)],
  ],
  [
    'begins again where the provider sends no parts',
    [{ kind: 'truncate', bytes: 100 }, { kind: 'ignore_range' }],
    ['whole', 'bytes=100-'],
  ],
];
test.each(cuts)('a download that is cut %s', async (_what, faults, asked) => {
  await using server = await startTestServer();
  server.local.faults.add(...faults);
  const id = await runToEnd(server, 3);
  expect(downloadsOf(server)).toEqual(asked);
  const { output_file_id } = await server.db.batch.findUniqueOrThrow({ where: { id } });
  const original = await (await createClient(server.local).files.content(output_file_id!)).text();
  expect(await download(server, id, 'type=output')).toBe(original);
  expect(await server.db.request.count({ where: { outcome: 'succeeded' } })).toBe(3);
});

test('results that are not here yet come as they are fetched, to all who ask, and are kept', async () => {
  await using server = await startTestServer();
  const { id, output } = await makeElsewhere(server);
  server.local.faults.add(
    { kind: 'truncate', bytes: 100 },
    { kind: 'slow', on: 'files.content', delayMs: 1_500 },
  );
  const stays = await resultsOf(server, id);
  expect(stays.headers.get('content-length')).toBe(String(Buffer.byteLength(output)));
  const first = await readFirst(stays);
  expect(first.text).toBe(output.slice(0, 100));
  const leaving = new AbortController();
  const leaves = await fetch(`${server.url}/api/batch/${id}/results`, { signal: leaving.signal });
  expect((await readFirst(leaves)).text).toBe(output.slice(0, 100));
  leaving.abort();
  expect(first.text + (await first.rest())).toBe(output);
  expect(downloadsOf(server)).toEqual(['whole', 'bytes=100-']);
  expect((await resultsOf(server, id)).headers.get('etag')).toMatch(/^W\//);
  expect(downloadsOf(server)).toHaveLength(2);
});

test('what the background and others ask for at once is fetched and read once', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'slow', on: 'files.content', delayMs: 500 },
    { kind: 'row_text', customId: 'request-2', text: 'no JSON' },
  );
  const api = createRestClient(server.url);
  const { id } = await api.create({ endpoint: '/v1/chat/completions', requests: chatRequests(40) });
  await waitFor(
    () => api.get(id),
    ({ batch }) => batch.status === 'completed' && batch.output_file_id !== null,
  );
  const queries = ['type=merged', 'format=csv', 'type=output', 'type=merged'];
  const [merged] = await Promise.all(queries.map((query) => download(server, id, query)));
  expect(parseLines(merged!)).toHaveLength(40);
  expect(downloadsOf(server)).toEqual(['whole']);
  expect((await api.get(id)).issue_count).toBe(1);
});

test('what everybody has left is kept all the same', async () => {
  await using server = await startTestServer();
  const { id, output } = await makeElsewhere(server);
  server.local.faults.add(
    { kind: 'truncate', bytes: 100 },
    { kind: 'slow', on: 'files.content', delayMs: 500 },
  );
  const leaving = new AbortController();
  const leaves = await fetch(`${server.url}/api/batch/${id}/results`, { signal: leaving.signal });
  await readFirst(leaves);
  leaving.abort();
  const path = join(server.folder, `data/results/${id}_output.jsonl`);
  await waitFor(
    () => readFile(path, 'utf8').catch(() => null),
    (text) => text === output,
  );
  expect(await filesLeft(server.folder)).toEqual([]);
});

test('a download that fails for good cuts the connection, keeps nothing, and can be asked for again', async () => {
  await using server = await startTestServer();
  const { id, output } = await makeElsewhere(server);
  server.local.faults.add(
    { kind: 'truncate', bytes: 100 },
    { kind: 'server_error', on: 'files.content', status: 502, times: 6 },
  );
  const cut = await resultsOf(server, id);
  expect(cut.status).toBe(200);
  await expect(cut.text()).rejects.toThrow('terminated');
  expect(await filesLeft(server.folder)).toEqual([]);
  expect(await (await resultsOf(server, id)).text()).toBe(output);
});

test('a download that does not even begin is an error', async () => {
  await using server = await startTestServer();
  const { id } = await makeElsewhere(server);
  server.local.faults.add({ kind: 'unauthorized', on: 'files.content', times: 3 });
  const answer = await resultsOf(server, id);
  expect([answer.status, await answer.json()]).toMatchObject([
    502,
    { error: { code: 'provider_unauthorized' } },
  ]);
});

test('a part of what is not here yet waits for the whole', async () => {
  await using server = await startTestServer();
  const { id, output } = await makeElsewhere(server);
  const headers = { range: 'bytes=10-19' };
  const part = await fetch(`${server.url}/api/batch/${id}/results`, { headers });
  expect([part.status, await part.text()]).toEqual([206, output.slice(10, 20)]);
});

test('HEAD of what is not here yet tells its length', async () => {
  await using server = await startTestServer();
  const { id, output } = await makeElsewhere(server);
  const head = await fetch(`${server.url}/api/batch/${id}/results`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(Buffer.byteLength(output))]);
});
