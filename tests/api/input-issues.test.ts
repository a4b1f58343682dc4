import { Readable } from 'node:stream';
import { LIMITS } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { answerOf, form, json } from '../helpers/http.ts';
import { expectNothingLeft } from '../helpers/nothing-left.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { request, requestTo } from '../shared/request-line.ts';

const endpoint = '/v1/chat/completions';
const body = (more: object) => ({ body: { ...(request('').body as object), ...more } });
const cut = (text: string) => Buffer.from(text);

type Wrong = [item: unknown, ...issues: [code: string, param: string | null, words?: string][]];

/** Each is an item of its own, after a good one; bytes stand as they are. */
const WRONG: Wrong[] = [
  [cut('{"custom_id": "a",, "é": 1}'), ['invalid_json_line', null, '(column 19)']],
  [cut('{"é": "😀", "b": nul}'), ['invalid_json_line', null, '(column 18)']],
  [cut('{"custom_id": "a\0"}'), ['invalid_json_line', null, 'NUL byte (column 17)']],
  [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), ['invalid_encoding', null]],
  [cut('[]'), ['invalid_type', null]],
  [cut('"text"'), ['invalid_type', null]],
  [cut('null'), ['invalid_type', null]],
  [request('a', { custom_id: undefined }), ['missing_required_parameter', 'custom_id']],
  [request('b', { method: undefined }), ['missing_required_parameter', 'method']],
  [request('c', { url: undefined }), ['missing_required_parameter', 'url']],
  [request('d', { body: undefined }), ['missing_required_parameter', 'body']],
  [request('e', { custom_id: 7 }), ['invalid_type', 'custom_id']],
  [request(''), ['invalid_type', 'custom_id']],
  [request('half \ud83d'), ['invalid_value', 'custom_id']],
  [request('good'), ['duplicate_custom_id', 'custom_id', 'at line 1.']],
  [request('f', { method: 'GET' }), ['invalid_method', 'method']],
  [request('g', { url: 7 }), ['invalid_type', 'url']],
  [request('h', { url: '/v1/audio' }), ['invalid_url', 'url']],
  [requestTo('/v1/responses', {}, 'i'), ['invalid_url', 'url']],
  [request('j', { body: [] }), ['invalid_type', 'body']],
  [request('k', body({ model: undefined })), ['invalid_request', 'body.model', 'Model']],
  [request('l', body({ model: ['m'] })), ['invalid_type', 'body.model']],
  [request('m', body({ model: 'n' })), ['mismatched_model', 'body.model', "'n'"]],
  [request('n', body({ messages: undefined })), ['invalid_request', 'body.messages', 'Messages']],
  [request('o', body({ messages: 'Hello' })), ['invalid_type', 'body.messages']],
  [request('p', body({ stream: true })), ['streaming_unsupported', 'body.stream']],
  [
    { body: {} },
    ['missing_required_parameter', 'custom_id'],
    ['missing_required_parameter', 'method'],
    ['missing_required_parameter', 'url'],
    ['invalid_request', 'body.model'],
  ],
];

const toBytes = (item: unknown) => (Buffer.isBuffer(item) ? item : Buffer.from(JSON.stringify(item)));
const ITEMS = [request('good'), ...WRONG.map(([item]) => item)].map(toBytes);
const EXPECTED = WRONG.flatMap(([, ...issues], index) =>
  issues.map(([code, param, words = '']) => ({
    code,
    param,
    line: index + 2,
    message: expect.stringContaining(words),
  })),
);

function join(items: Buffer[], separator: string): Blob {
  return new Blob(items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])) as BlobPart[]);
}

test('a file is refused with every mistake in it and the line of each', async () => {
  await using server = await startTestServer();
  const sent = form([['file', join(ITEMS, '\n'), 'a.jsonl']]);
  const { status, body: answer } = await answerOf(`${server.url}/api/batch/upload`, {
    method: 'POST',
    body: sent,
  });
  expect([status, answer.error.code]).toEqual([400, 'invalid_input']);
  expect(answer.error.issues).toMatchObject(EXPECTED);
  expect(answer.error.details).toMatchObject({ count: EXPECTED.length, place: 'line', line: 2 });
  await expectNothingLeft(server);
});

test('a list of requests is refused with every mistake in it and the number of each element', async () => {
  await using server = await startTestServer();
  const sent = new Blob([`{"endpoint":"${endpoint}","requests":[`, join(ITEMS, ',\n'), ']}']);
  for (const path of ['/api/batch/create', '/trpc/batch.create']) {
    const { status, body: answer } = await answerOf(server.url + path, {
      method: 'POST',
      headers: json,
      body: sent,
    });
    const error = answer.success === false ? answer.error : answer.error.data.error;
    expect([status, error.code]).toEqual([400, 'invalid_input']);
    expect(error.issues).toMatchObject(EXPECTED);
    expect(error.details).toMatchObject({ count: EXPECTED.length, place: 'element', line: 2 });
  }
  await expectNothingLeft(server);
});

/** Good requests of a megabyte each. */
function* megabytes(count: number): Generator<string> {
  for (let line = 1; line <= count; line += 1) {
    yield `${JSON.stringify(request(`request-${line}`, body({ user: 'x'.repeat(1 << 20) })))}\n`;
  }
}

function* requestsOf(count: number): Generator<string> {
  for (let line = 1; line <= count; line += 1) yield `${JSON.stringify(request(`request-${line}`))}\n`;
}

function* longLine(): Generator<string> {
  yield* requestsOf(1);
  yield '{"custom_id":"';
  for (let left = LIMITS.lineBytes; left > 0; left -= 1 << 20) yield 'x'.repeat(1 << 20);
  yield '\n[]\n';
}

function* inBytes(texts: Iterable<string>): Generator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

const inputs = Array.from({ length: LIMITS.embeddingInputsPerBatch + 1 }, () => 'a');
const BAD_FILES: [string, () => Iterable<string>, [string, number | null][]][] = [
  [
    'a line over 50 MB',
    longLine,
    [
      ['line_too_large', 2],
      ['invalid_type', 3],
    ],
  ],
  ['more than 200 MB', () => megabytes(202), [['input_too_large', 200]]],
  ['50,001 requests', () => requestsOf(50_001), [['too_many_requests', null]]],
  [
    '50,001 embedding inputs',
    () => [JSON.stringify(requestTo('/v1/embeddings', { input: inputs }))],
    [['too_many_embedding_inputs', null]],
  ],
  ['nothing', () => ['\uFEFF\r\n \n'], [['empty_file', null]]],
];

test('a file of more than a batch takes, or of nothing, is refused', async () => {
  await using server = await startTestServer();
  for (const [what, write, expected] of BAD_FILES) {
    const { status, body: answer } = await answerOf(`${server.url}/api/batch/upload`, {
      method: 'POST',
      headers: { 'content-type': 'application/jsonl' },
      body: Readable.toWeb(Readable.from(inBytes(write()))),
      duplex: 'half',
    } as unknown as RequestInit);
    const issues = answer.error.issues?.map(({ code, line }: any) => [code, line]);
    expect({ what, status, issues }).toEqual({ what, status: 400, issues: expected });
  }
  await expectNothingLeft(server);
});
