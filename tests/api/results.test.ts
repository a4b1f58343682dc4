import type { BatchEndpoint, BatchRequest } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { chatRequests, parseLines } from '../helpers/requests.ts';
import { chatAnswer, download, resultLine, runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { createRestClient } from './transports.ts';

const resultsUrl = (url: string, id: string, query = '') => `${url}/api/batch/${id}/results${query}`;

/** Requests to an endpoint with these bodies. */
function requestsTo(url: BatchEndpoint, bodies: Record<string, unknown>[]): BatchRequest[] {
  return bodies.map((body, index) => ({
    custom_id: `request-${index + 1}`,
    method: 'POST',
    url,
    body: { model: 'some-model', ...body },
  }));
}

/** The cells of CSV without quotes in it, row by row. */
const cells = (csv: string) =>
  csv
    .trim()
    .split('\r\n')
    .map((row) => row.split(','));

test('our copy is sent whole, in parts, or not at all when it is known', async () => {
  await using server = await startTestServer();
  const id = await runToEnd(server, 5);
  const url = resultsUrl(server.url, id);
  const whole = await fetch(url);
  const text = await whole.text();
  expect(whole.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
  expect(whole.headers.get('accept-ranges')).toBe('bytes');
  expect(whole.headers.get('last-modified')).toMatch(/GMT$/);
  expect(whole.headers.get('content-type')).toBe('application/jsonl');
  const etag = whole.headers.get('etag')!;

  const ask = (headers: Record<string, string>) => fetch(url, { headers });
  const part = await ask({ range: 'bytes=5-24' });
  expect([part.status, await part.text()]).toEqual([206, text.slice(5, 25)]);
  expect(part.headers.get('content-range')).toBe(`bytes 5-24/${text.length}`);
  expect(part.headers.get('content-type')).toBe('application/jsonl');
  expect(part.headers.get('content-disposition')).toBe(`attachment; filename="${id}_output.jsonl"`);
  expect(await (await ask({ range: 'bytes=-10' })).text()).toBe(text.slice(-10));
  expect(await (await ask({ range: 'bytes=5-24', 'if-range': etag })).text()).toBe(text.slice(5, 25));
  expect(await (await ask({ range: 'bytes=5-24', 'if-range': '"another"' })).text()).toBe(text);

  const beyond = await ask({ range: `bytes=${text.length}-` });
  expect([beyond.status, await beyond.json()]).toMatchObject([
    416,
    { error: { code: 'range_not_satisfiable', details: { bytes: text.length } } },
  ]);
  expect(beyond.headers.get('content-range')).toBe(`bytes */${text.length}`);

  // Without a cache mode, fetch itself asks anew and hides what was answered.
  const known = await fetch(url, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
  expect([known.status, await known.text()]).toEqual([304, '']);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
  expect(head.headers.get('content-length')).toBe(String(text.length));
});

test('merged has a line for each request, in input order, whichever file has it', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'too_long', message: 'Too long.' },
    { kind: 'row_expire', customId: 'request-30' },
    { kind: 'row_missing', customId: 'request-4' },
    { kind: 'row_text', customId: 'request-5', text: '  {"custom_id": "request-5", "response": null}  ' },
  );
  const id = await runToEnd(server, 60);
  const merged = await download(server, id, 'type=merged');
  const lines = parseLines(merged);
  expect(lines.map(({ custom_id }) => custom_id)).toEqual(chatRequests(60).map(({ custom_id }) => custom_id));
  const files = (await download(server, id, 'type=output')) + (await download(server, id, 'type=error'));
  const own = new Set(files.split('\n'));
  const others = merged.split('\n').filter((line) => !own.has(line));
  expect(others.map((line) => JSON.parse(line))).toEqual([
    {
      id: null,
      custom_id: 'request-4',
      response: null,
      error: { code: 'missing', message: 'No line of the results answers this request.' },
    },
  ]);
  expect(lines[29]).toMatchObject({ error: { code: 'batch_expired' } });
  const answer = await fetch(resultsUrl(server.url, id, '?type=merged'), { method: 'HEAD' });
  expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, null, '']);
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${id}_merged.jsonl"`);
});

test('CSV has what the answers say, and nothing that a spreadsheet would run', async () => {
  await using server = await startTestServer();
  const call = { type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } };
  const text = (customId: string, body: unknown) =>
    server.local.faults.add({ kind: 'row_text', customId, text: resultLine(customId, body) });
  text('request-1', {
    ...chatAnswer('=HYPERLINK("http://x.example")'),
    usage: { prompt_tokens: 7, completion_tokens: 9 },
  });
  text('request-2', chatAnswer('a, "b"\nc\rd'));
  text('request-3', chatAnswer(null, { tool_calls: [call] }));
  text('request-4', chatAnswer(null, { refusal: 'I cannot.' }));
  text('request-5', { choices: [{ text: 'one' }, { text: 'two' }] });
  text('request-6', chatAnswer('@SUM(1)'));
  text('request-7', 'no object');
  server.local.faults.add(
    { kind: 'row_fail', customId: 'request-8', statusCode: 429, code: 'rate_limit', message: '+1 too many' },
    { kind: 'row_missing', customId: 'request-9' },
  );
  const id = await runToEnd(server, 9);
  const csv = await download(server, id, 'format=csv');
  expect(csv).toBe(
    [
      'custom_id,outcome,status_code,content,error_code,error_message,input_tokens,output_tokens',
      `request-1,succeeded,200,"'=HYPERLINK(""http://x.example"")",,,7,9`,
      'request-2,succeeded,200,"a, ""b""\nc\rd",,,,',
      'request-3,succeeded,200,"weather({""city"":""Paris""})",,,,',
      'request-4,succeeded,200,I cannot.,,,,',
      'request-5,succeeded,200,"one\ntwo",,,,',
      `request-6,succeeded,200,'@SUM(1),,,,`,
      'request-7,succeeded,200,,,,,',
      `request-8,failed,429,,rate_limit,'+1 too many,,`,
      'request-9,missing,,,missing,No line of the results answers this request.,,',
      '',
    ].join('\r\n'),
  );
  const rowsOf = async (query: string) => cells(await download(server, id, query)).map(([name]) => name);
  expect(await rowsOf('format=csv&type=error')).toEqual(['custom_id', 'request-8']);
  expect((await download(server, id, 'format=csv&type=output')).split('request-')).toHaveLength(8);
  const answer = await fetch(resultsUrl(server.url, id, '?format=csv'));
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${id}_merged.csv"`);
});

test('CSV of embeddings has their size, of moderations the flagged categories, of responses the text', async () => {
  await using server = await startTestServer();
  const contentsOf = async (endpoint: BatchEndpoint, bodies: Record<string, unknown>[]) => {
    const id = await runToEnd(server, requestsTo(endpoint, bodies), endpoint);
    const rows = cells(await download(server, id, 'format=csv')).slice(1);
    return rows.map((row) => row[3]);
  };
  const embeddings = await contentsOf('/v1/embeddings', [
    { input: 'one' },
    { input: ['one', 'two'], dimensions: 256 },
    { input: 'one', encoding_format: 'base64' },
  ]);
  expect(embeddings).toEqual(['1 × 1536', '2 × 256', '1 × 1536']);
  const flagged = {
    results: [{ categories: { hate: true, sexual: false } }, { categories: { violence: true } }],
  };
  server.local.faults.add({
    kind: 'row_text',
    customId: 'request-1',
    text: resultLine('request-1', flagged),
    times: 1,
  });
  expect(await contentsOf('/v1/moderations', [{ input: 'a' }, { input: 'b' }])).toEqual([
    'hate;violence',
    '',
  ]);
  const [text, called, refused] = await (async () => {
    const call = { output: [{ type: 'reasoning' }, { type: 'function_call', name: 'f', arguments: '{}' }] };
    const refusal = { output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] }] };
    server.local.faults.add(
      { kind: 'row_text', customId: 'request-2', text: resultLine('request-2', call), times: 1 },
      { kind: 'row_text', customId: 'request-3', text: resultLine('request-3', refusal), times: 1 },
    );
    return contentsOf('/v1/responses', [{ input: 'Bonjour' }, { input: 'a' }, { input: 'b' }]);
  })();
  expect(text).toContain('Bonjour');
  expect([called, refused]).toEqual(['f({})', 'No.']);
});

test('merged results and CSV are refused for a batch that has none', async () => {
  const durations = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
  await using server = await startTestServer({ provider: { durations } });
  const api = createRestClient(server.url);
  const endpoint = '/v1/chat/completions';
  const running = await api.create({ endpoint, requests: chatRequests(1) });
  server.local.faults.add({ kind: 'batch_token_limit_exceeded' });
  const failed = await runToEnd(server, 1);
  for (const path of ['results?type=merged', 'results?format=csv', 'search?q=x']) {
    for (const [id, code] of [
      [running.id, 'results_not_ready'],
      [failed, 'results_unavailable'],
    ]) {
      const answer = await fetch(`${server.url}/api/batch/${id}/${path}`);
      expect([answer.status, await answer.json()], path).toMatchObject([409, { error: { code } }]);
    }
    const unknown = await fetch(`${server.url}/api/batch/batch_nope/${path}`);
    expect([unknown.status, await unknown.json()]).toMatchObject([
      404,
      { error: { code: 'batch_not_found' } },
    ]);
  }
});
