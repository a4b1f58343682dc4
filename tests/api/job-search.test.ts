import { existsSync } from 'node:fs';
import { readdir, readlink, rm } from 'node:fs/promises';
import type { JobSearchInput } from '@batchdesk/shared';
import { jobSearchUrl } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { callJobs, createJob, mixedRequests, untilEnded } from '../helpers/jobs.ts';
import { parseLines } from '../helpers/requests.ts';
import { chatAnswer, resultLine } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { checkMatch } from './check-match.ts';
import { createRestJobClient, createTrpcJobClient } from './job-clients.ts';
import { errorOf } from './transports.ts';

const MODELS = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1'];
const NEVER_ENDS = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
describe.each([
  ['REST', createRestJobClient],
  ['tRPC', createTrpcJobClient],
])('over %s', (_name, connect) => {
  test('ids and inputs are found before there is an answer, answers once they are there', async () => {
    await using server = await startTestServer({ provider: { durations: NEVER_ENDS } });
    const api = connect(server.url);
    const { id } = await api.create({ endpoint: '/v1/chat/completions', requests: mixedRequests(3) });
    expect(await api.search(id, { q: 'QUESTION 2' })).toMatchObject([
      { line: 2, custom_id: 'request-2', where: 'input', snippet: 'Question 2', match: [0, 10] },
    ]);
    expect(await api.search(id, { q: 'request-3' })).toMatchObject([{ line: 3, where: 'id', match: [0, 9] }]);
    expect(await api.search(id, { q: 'question', in: 'answer' })).toEqual([]);
  });

  test('a request is found by its last attempt', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const once = { customId: 'request-1', times: 1 };
    server.local.faults.add({
      kind: 'row_fail',
      ...once,
      statusCode: 400,
      code: 'bad',
      message: 'The first answer.',
    });
    const { id } = await api.create({ endpoint: '/v1/chat/completions', requests: mixedRequests(2) });
    await untilEnded(server, id);
    const long = `${'x'.repeat(100)} the second answer ${'y'.repeat(100)}`;
    expect(await api.search(id, { q: 'first answer', in: ['answer'] })).toMatchObject([
      { line: 1, outcome: 'failed', where: 'answer', snippet: 'The first answer.', match: [4, 16] },
    ]);
    server.local.faults.add({ kind: 'row_text', ...once, text: resultLine('request-1', chatAnswer(long)) });
    await callJobs(server, `/${id}/retry`, {});
    await untilEnded(server, id);
    expect(await api.search(id, { q: 'first answer' })).toEqual([]);
    const [match, ...others] = await api.search(id, { q: 'SECOND answer', in: 'id,answer' });
    expect([match, others]).toMatchObject([{ line: 1, outcome: 'succeeded', where: 'answer' }, []]);
    expect(match!.snippet).toBe(`…${'x'.repeat(75)} the second answer ${'y'.repeat(79)}…`);
    checkMatch(match!, 'second answer');
  });

  test('results that are gone hide no other', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { id } = await api.create({ endpoint: '/v1/chat/completions', requests: mixedRequests(4, MODELS) });
    await untilEnded(server, id);
    expect(await api.search(id, { q: 'question', in: 'answer' })).toHaveLength(4);
    const [batch] = await server.db.batch.findMany({ where: { model: 'gpt-4o-mini' } });
    await server.db.batch.update({ where: { id: batch!.id }, data: { output_file_id: 'file-gone' } });
    await rm(`${server.folder}/data/results/${batch!.id}_output.jsonl`);
    expect((await api.search(id, { q: 'question', in: 'answer' })).map(({ line }) => line)).toEqual([2, 3]);
    expect(await api.search(id, { q: 'question' })).toHaveLength(4);
  });

  test('what cannot be searched is said', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const wrong: [JobSearchInput, string][] = [
      [{ q: '' }, 'q'],
      [{ q: 'x'.repeat(201) }, 'q'],
      [{ q: 'x', limit: 1_001 }, 'limit'],
      [{ q: 'x', in: 'id,body' }, 'in.1'],
      [{ q: 'x', in: [] }, 'in'],
    ];
    for (const [query, param] of wrong) {
      const { status, error } = await errorOf(api.search('job_nope', query));
      expect([status, error.code, error.param]).toEqual([400, 'invalid_value', param]);
    }
    expect((await errorOf(api.search('job_nope', { q: 'x' }))).error.code).toBe('job_not_found');
  });
});

test('each endpoint has its text: input, instructions, prompts and lists of them', async () => {
  await using server = await startTestServer();
  const api = createRestJobClient(server.url);
  const cases = [
    ['/v1/embeddings', { input: ['nothing', 'the needle'] }],
    ['/v1/embeddings', { input: [[1, 2, 3]], user: 'the needle' }],
    ['/v1/completions', { prompt: ['one', 'the needle'] }],
    ['/v1/responses', { input: 'other', instructions: 'Find the needle.' }],
    ['/v1/responses', { input: [{ role: 'user', content: [{ type: 'input_text', text: 'the needle' }] }] }],
    ['/v1/moderations', { input: [{ type: 'text', text: 'the needle' }] }],
  ] as const;
  const found = [];
  for (const [url, body] of cases) {
    const request = { custom_id: 'c', method: 'POST' as const, url, body: { model: 'm', ...body } };
    const { id } = await api.create({ endpoint: url, requests: [request] });
    found.push((await api.search(id, { q: 'needle', in: 'input' })).length);
  }
  expect(found).toEqual([1, 0, 1, 1, 1, 1]);
});

test('over REST a match is a line of JSONL', async () => {
  await using server = await startTestServer();
  const id = await createJob(server, 30);
  await untilEnded(server, id);
  const answer = await fetch(
    server.url + jobSearchUrl(id, { q: 'question', in: ['input', 'answer'], limit: 20 }),
  );
  expect(answer.headers.get('content-type')).toBe('application/jsonl');
  const matches = parseLines(await answer.text());
  expect(matches).toHaveLength(20);
  expect(Object.keys(matches[0])).toEqual(['line', 'custom_id', 'outcome', 'where', 'snippet', 'match']);
});

const OPEN_FILES = '/proc/self/fd';

test.runIf(existsSync(OPEN_FILES))('nothing is read any more when the caller has gone', async () => {
  await using server = await startTestServer();
  const requests = mixedRequests(400);
  for (const request of requests)
    request.body['messages'] = [{ role: 'user', content: 'needle'.repeat(20_000) }];
  const body = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const created = await fetch(`${server.url}/api/jobs?endpoint=/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/jsonl' },
    body,
  });
  const { job } = (await created.json()) as { job: { id: string } };
  await untilEnded(server, job.id);
  const isOpen = async () => {
    const names = await readdir(OPEN_FILES);
    const links = await Promise.all(names.map((name) => readlink(`${OPEN_FILES}/${name}`).catch(() => '')));
    return links.some((path) => path.startsWith(`${server.folder}/data/inputs/`));
  };
  const leaving = new AbortController();
  const url = server.url + jobSearchUrl(job.id, { q: 'nowhere', in: 'input' });
  const answer = fetch(url, { signal: leaving.signal }).catch(() => null);
  await waitFor(isOpen, (open) => open);
  leaving.abort();
  expect(await answer).toBeNull();
  await waitFor(isOpen, (open) => !open);
});
