import { existsSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import type { ListRequestsInput } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { chatRequests, parseLines } from '../helpers/requests.ts';
import { chatAnswer, resultLine, runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createRestClient, createTrpcClient, errorOf } from './transports.ts';

/** 60 requests: 10, 20 … 60 too long, 5 and 15 refused, 7 expired, 8 missing. */
async function runMixed(server: TestServer): Promise<string> {
  const fail = (customId: string, code: string) =>
    ({ kind: 'row_fail', customId, statusCode: 400, code, message: 'No.' }) as const;
  server.local.faults.add(
    fail('request-*0', 'too_long'),
    fail('request-5', 'refused'),
    fail('request-15', 'refused'),
    { kind: 'row_expire', customId: 'request-7' },
    { kind: 'row_missing', customId: 'request-8' },
  );
  return runToEnd(server, 60);
}

describe.each([
  ['REST', createRestClient],
  ['tRPC', createTrpcClient],
])('over %s', (_name, connect) => {
  test('requests are paged in input order, and counted', async () => {
    await using server = await startTestServer();
    const id = await runMixed(server);
    const api = connect(server.url);
    const first = await api.requests(id);
    expect(first).toMatchObject({ success: true, object: 'list', has_more: true, last_line: 50, total: 60 });
    expect(first.data.map(({ line }) => line)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(first.counts).toEqual({
      by_outcome: { succeeded: 50, failed: 8, expired: 1, missing: 1 },
      by_error_code: { too_long: 6, refused: 2, batch_expired: 1 },
    });
    expect(first.data[9]).toEqual({
      line: 10,
      custom_id: 'request-10',
      outcome: 'failed',
      status_code: 400,
      error_code: 'too_long',
      attempt: 1,
      input_tokens: null,
      output_tokens: null,
      cached_tokens: null,
      reasoning_tokens: null,
      cost: null,
      input_bytes: expect.any(Number),
      result_bytes: expect.any(Number),
    });
    expect(first.data[0]!.output_tokens).toBeGreaterThan(0);
    const second = await api.requests(id, { after: first.last_line!, limit: 10 });
    expect(second).toMatchObject({ has_more: false, last_line: 60, total: 60 });
    expect(await api.requests(id, { after: 60 })).toMatchObject({
      data: [],
      has_more: false,
      last_line: null,
    });
  });

  const filters: [ListRequestsInput, number[]][] = [
    [{ outcome: 'failed' }, [5, 10, 15, 20, 30, 40, 50, 60]],
    [{ outcome: 'failed', limit: 3 }, [5, 10, 15]],
    [{ outcome: 'failed', after: 15, limit: 3 }, [20, 30, 40]],
    [{ error_code: 'refused' }, [5, 15]],
    [{ error_code: 'batch_expired' }, [7]],
    [{ outcome: 'missing' }, [8]],
    [{ outcome: 'failed', error_code: 'too_long', after: 45 }, [50, 60]],
    [{ outcome: 'expired', error_code: 'too_long' }, []],
    [{ outcome: 'submitted' }, []],
    [{ outcome: 'pending' }, []],
    [{ custom_id: 'request-33' }, [33]],
    [{ custom_id: 'request-33', outcome: 'failed' }, []],
    [{ custom_id: 'request-33', after: 33 }, []],
    [{ custom_id: 'request-3%' }, []],
    [{ error_code: 'nothing like this' }, []],
  ];
  test('requests are filtered', async () => {
    await using server = await startTestServer();
    const id = await runMixed(server);
    const api = connect(server.url);
    for (const [query, lines] of filters) {
      const page = await api.requests(id, query);
      const what = JSON.stringify(query);
      expect(
        page.data.map(({ line }) => line),
        what,
      ).toEqual(lines);
      expect(page.has_more, what).toBe(query.limit !== undefined);
      const { limit, after, ...filter } = query;
      const all = await api.requests(id, { ...filter, limit: 100 });
      expect(all.data, what).toHaveLength(page.total);
      expect(page.counts, what).toEqual(all.counts);
    }
  });

  test('bodies come along when they are asked for', async () => {
    await using server = await startTestServer();
    const id = await runMixed(server);
    const api = connect(server.url);
    const { data } = await api.requests(id, { after: 6, limit: 4, include: ['input', 'result'] });
    expect(data.map(({ input }) => input)).toEqual(chatRequests(10).slice(6));
    expect(data.map(({ result }) => result?.custom_id)).toEqual([
      'request-7',
      undefined,
      'request-9',
      'request-10',
    ]);
    expect(data[1]!.result).toBeNull();
    expect(data[3]!.result.response.body.error.code).toBe('too_long');
    expect((await api.requests(id, { limit: 1, include: 'result' })).data[0]).not.toHaveProperty('input');
    expect((await api.requests(id, { limit: 1 })).data[0]).not.toHaveProperty('result');
  });

  test('the requests of a running batch are submitted', async () => {
    const durations = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
    await using server = await startTestServer({ provider: { durations } });
    const api = connect(server.url);
    const { id } = await api.create({ endpoint: '/v1/chat/completions', requests: chatRequests(3) });
    const page = await api.requests(id, { outcome: 'submitted', include: ['input', 'result'] });
    expect(page).toMatchObject({ total: 3, counts: { by_outcome: { submitted: 3 } } });
    expect(page.data[2]).toMatchObject({ custom_id: 'request-3', result: null, input: chatRequests(3)[2] });
  });

  test('what cannot be listed or searched is said', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const wrong: [() => Promise<unknown>, number, object][] = [
      [() => api.requests('batch_nope'), 404, { code: 'batch_not_found' }],
      [() => api.search('batch_nope', { q: 'x' }), 404, { code: 'batch_not_found' }],
      [() => api.requests('b', { limit: 101 }), 400, { code: 'invalid_value', param: 'limit' }],
      [
        () => api.requests('b', { outcome: 'done' as never }),
        400,
        { code: 'invalid_value', param: 'outcome.0' },
      ],
      [() => api.requests('b', { include: 'all' }), 400, { code: 'invalid_value', param: 'include.0' }],
      [() => api.search('b', { q: '' }), 400, { param: 'q' }],
      [() => api.search('b', { q: 'x', limit: 1_001 }), 400, { code: 'invalid_value', param: 'limit' }],
    ];
    for (const [call, status, expected] of wrong) {
      const thrown = await errorOf(call());
      expect(thrown.status).toBe(status);
      expect(thrown.error).toMatchObject(expected);
    }
  });

  test('a text is found in ids, answers and error messages, whatever its case', async () => {
    await using server = await startTestServer();
    const long = `${'x'.repeat(200)} Élan vital. ${'y'.repeat(200)}`;
    const earlier = resultLine('request-2', chatAnswer('nothing'));
    server.local.faults.add(
      { kind: 'row_text', customId: 'request-1', text: resultLine('request-1', chatAnswer(long)) },
      // What does not count as the answer is not found.
      {
        kind: 'row_text',
        customId: 'request-2',
        text: `${earlier}\n${resultLine('request-2', chatAnswer('élan'))}`,
      },
      { kind: 'row_fail', customId: 'request-3', statusCode: 400, code: 'bad', message: 'No ÉLAN (left).' },
      { kind: 'row_text', customId: 'request-4', text: resultLine('stranger-élan', chatAnswer('élan')) },
    );
    const id = await runToEnd(server, 12);
    const api = connect(server.url);
    expect(await api.search(id, { q: 'élan' })).toEqual([
      {
        line: 1,
        custom_id: 'request-1',
        outcome: 'succeeded',
        result_type: 'output',
        snippet: `…${'x'.repeat(79)} Élan vital. ${'y'.repeat(72)}…`,
      },
      {
        line: 3,
        custom_id: 'request-3',
        outcome: 'failed',
        result_type: 'error',
        snippet: 'No ÉLAN (left).',
      },
    ]);
    const ids = async (q: string, limit?: number) =>
      (await api.search(id, limit === undefined ? { q } : { q, limit })).map(({ custom_id }) => custom_id);
    expect((await ids('REQUEST-1')).toSorted()).toEqual([
      'request-1',
      'request-10',
      'request-11',
      'request-12',
    ]);
    expect(await ids('request-1', 2)).toHaveLength(2);
    expect(await ids('(left).')).toEqual(['request-3']);
    expect(await ids('l.*t')).toEqual([]);
  });
});

test('a page ends early when its bodies are large, and has one request at least', async () => {
  await using server = await startTestServer();
  const sizes = [5_000_000, 5_000_000, 9_000_000, 1_000];
  for (const [index, size] of sizes.entries()) {
    const customId = `request-${index + 1}`;
    server.local.faults.add({
      kind: 'row_text',
      customId,
      text: resultLine(customId, chatAnswer('x'.repeat(size))),
    });
  }
  const api = createRestClient(server.url);
  const id = await runToEnd(server, 4);
  const pages: number[][] = [];
  for (let after = 0, more = true; more;) {
    const page = await api.requests(id, { after, include: ['result'] });
    pages.push(page.data.map(({ line }) => line));
    expect(page.total).toBe(4);
    after = page.last_line!;
    more = page.has_more;
  }
  expect(pages).toEqual([[1], [2], [3], [4]]);
  expect((await api.requests(id)).data).toHaveLength(4);
});

test('a search over REST answers a line for each match', async () => {
  await using server = await startTestServer();
  const id = await runToEnd(server, 300);
  const answer = await fetch(`${server.url}/api/batch/${id}/search?q=question&limit=250`);
  expect(answer.headers.get('content-type')).toBe('application/jsonl');
  const matches = parseLines(await answer.text());
  expect(matches).toHaveLength(250);
  expect(Object.keys(matches[0])).toEqual(['line', 'custom_id', 'outcome', 'result_type', 'snippet']);
});

const OPEN_FILES = '/proc/self/fd';

test.runIf(existsSync(OPEN_FILES)).each(['type=merged', 'format=csv', 'type=output'])(
  'results with %s are no longer read when the caller has gone',
  async (query) => {
    await using server = await startTestServer();
    const customId = 'request-1';
    const text = resultLine(customId, chatAnswer('x'.repeat(200_000)));
    const filler = Array.from({ length: 150 }, (_, index) =>
      resultLine(`request-${index + 2}`, chatAnswer('y'.repeat(200_000))),
    );
    server.local.faults.add(
      { kind: 'row_text', customId, text: [text, ...filler].join('\n') },
      { kind: 'row_missing', customId: 'request-*' },
    );
    const id = await runToEnd(server, 151);
    const isOpen = async () => {
      const links = await Promise.all(
        (await readdir(OPEN_FILES)).map((name) => readlink(`${OPEN_FILES}/${name}`).catch(() => '')),
      );
      return links.some((path) => path.startsWith(server.folder) && path.endsWith(`${id}_output.jsonl`));
    };
    const leaving = new AbortController();
    const answer = await fetch(`${server.url}/api/batch/${id}/results?${query}`, { signal: leaving.signal });
    await answer.body!.getReader().read();
    expect(await isOpen()).toBe(true); // 30 MB do not fit into what the connection takes ahead
    leaving.abort();
    await waitFor(isOpen, (open) => !open);
  },
);
