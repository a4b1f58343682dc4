import { BATCH_ENDPOINTS, createInputValidator } from '@batchdesk/shared';
import type { BatchEndpoint, InputIssue } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { GOOD_BODIES, check, request, requestTo } from './request-line.ts';

const first = request('first');
const { '/v1/chat/completions': chatBody } = GOOD_BODIES;

type Expected = Omit<InputIssue, 'message'> & { message?: unknown };
const withMessage = ({ message = expect.any(String), ...issue }: Expected) => ({ ...issue, message });

/** Each wrong request stands on line 2, after a good one. */
const WRONG_REQUESTS: [string, unknown, Omit<Expected, 'line'>][] = [
  [
    'is not JSON',
    '{"custom_id": "a",, "method": "POST"}',
    {
      code: 'invalid_json_line',
      param: null,
      custom_id: null,
      message: 'This line is not parseable as valid JSON (column 19).',
    },
  ],
  [
    'has a NUL byte',
    '{"custom_id": "a\0"}',
    {
      code: 'invalid_json_line',
      param: null,
      custom_id: null,
      message: 'This line is not parseable as valid JSON: it has a NUL byte (column 17).',
    },
  ],
  [
    'is cut off',
    '{"custom_id": "a"',
    {
      code: 'invalid_json_line',
      param: null,
      custom_id: null,
      message: expect.stringContaining('column 18'),
    },
  ],
  ['is a list', '[]', { code: 'invalid_type', param: null, custom_id: null }],
  ['is a text', '"hello"', { code: 'invalid_type', param: null, custom_id: null }],
  ['is null', 'null', { code: 'invalid_type', param: null, custom_id: null }],
  [
    'has no custom_id',
    request('a', { custom_id: undefined }),
    { code: 'missing_required_parameter', param: 'custom_id', custom_id: null },
  ],
  [
    'has a number as custom_id',
    request('a', { custom_id: 7 }),
    { code: 'invalid_type', param: 'custom_id', custom_id: null },
  ],
  [
    'has null as custom_id',
    request('a', { custom_id: null }),
    { code: 'invalid_type', param: 'custom_id', custom_id: null },
  ],
  ['has an empty custom_id', request(''), { code: 'invalid_type', param: 'custom_id', custom_id: '' }],
  [
    'has the custom_id of another',
    request('first'),
    {
      code: 'duplicate_custom_id',
      param: 'custom_id',
      custom_id: 'first',
      message: expect.stringContaining("'first' for this request is a duplicate of the request at line 1."),
    },
  ],
  [
    'has no method',
    request('a', { method: undefined }),
    { code: 'missing_required_parameter', param: 'method', custom_id: 'a' },
  ],
  ['is a GET', request('a', { method: 'GET' }), { code: 'invalid_method', param: 'method', custom_id: 'a' }],
  [
    'writes its method small',
    request('a', { method: 'post' }),
    { code: 'invalid_method', param: 'method', custom_id: 'a' },
  ],
  [
    'has no url',
    request('a', { url: undefined }),
    { code: 'missing_required_parameter', param: 'url', custom_id: 'a' },
  ],
  ['has a list as url', request('a', { url: [] }), { code: 'invalid_type', param: 'url', custom_id: 'a' }],
  [
    'has no body',
    request('a', { body: undefined }),
    { code: 'missing_required_parameter', param: 'body', custom_id: 'a' },
  ],
  ['has a list as body', request('a', { body: [] }), { code: 'invalid_type', param: 'body', custom_id: 'a' }],
  ['has null as body', request('a', { body: null }), { code: 'invalid_type', param: 'body', custom_id: 'a' }],
  [
    'names no model',
    request('a', { body: { ...chatBody, model: undefined } }),
    { code: 'invalid_request', param: 'body.model', custom_id: 'a' },
  ],
  [
    'names an empty model',
    request('a', { body: { ...chatBody, model: '' } }),
    { code: 'invalid_request', param: 'body.model', custom_id: 'a' },
  ],
  [
    'names a number as model',
    request('a', { body: { ...chatBody, model: 4 } }),
    { code: 'invalid_type', param: 'body.model', custom_id: 'a' },
  ],
  [
    'names another model than the first',
    request('a', { body: { ...chatBody, model: 'n' } }),
    {
      code: 'mismatched_model',
      param: 'body.model',
      custom_id: 'a',
      message: expect.stringContaining("The model 'n'"),
    },
  ],
  [
    'wants a stream',
    request('a', { body: { ...chatBody, stream: true } }),
    { code: 'streaming_unsupported', param: 'body.stream', custom_id: 'a' },
  ],
];

describe.each([{ endpoint: '/v1/chat/completions' as const }, {}])('with the options %o', (options) => {
  test.each(WRONG_REQUESTS)('a request that %s is one issue on its line', (_, wrong, issue) => {
    const { issues, issue_count } = check([first, wrong, request('last')], options);
    expect(issues).toEqual([withMessage({ ...issue, line: 2 })]);
    expect(issue_count).toBe(1);
  });
});

test('a request to another URL than the batch is refused, the first one too', () => {
  const input = [requestTo('/v1/responses'), request('b')];
  const { issues, endpoint } = check(input, { endpoint: '/v1/chat/completions' });
  expect(issues).toEqual([
    {
      code: 'invalid_url',
      message: 'The URL provided for this request does not match the batch endpoint.',
      param: 'url',
      line: 1,
      custom_id: 'a',
    },
  ]);
  expect(endpoint).toBe('/v1/chat/completions');
});

test('without an endpoint, a request to another URL than the first is refused', () => {
  const { issues, endpoint } = check([first, requestTo('/v1/responses')]);
  expect(issues).toEqual([withMessage({ code: 'invalid_url', param: 'url', line: 2, custom_id: 'a' })]);
  expect(endpoint).toBe('/v1/chat/completions');
});

test.each(['/v1/chat', '/v1/chat/completions/', 'https://api.openai.com/v1/chat/completions', ''])(
  'the URL "%s" is no endpoint of a batch',
  (url) => {
    expect(check([request('a', { url })]).issues).toEqual([
      withMessage({ code: 'invalid_url', param: 'url', line: 1, custom_id: 'a' }),
    ]);
  },
);

test.each(BATCH_ENDPOINTS)('a good input for %s has no issue', (url) => {
  const input = [requestTo(url), requestTo(url, {}, 'b')];
  const summary = {
    request_count: 2,
    bytes: Buffer.byteLength(input.map((item) => `${JSON.stringify(item)}\n`).join('')),
    endpoint: url,
    models: [{ model: 'm', request_count: 2 }],
    embedding_inputs: url === '/v1/embeddings' ? 4 : 0,
    estimated_tokens: expect.any(Number),
    max_output_tokens: expect.any(Number),
    uncapped_requests: expect.any(Number),
    sample: input,
    issues: [],
    issue_count: 0,
  };
  expect(check(input, { endpoint: url })).toEqual(summary);
  expect(check(input)).toEqual(summary);
});

test.each<[BatchEndpoint, Record<string, unknown>]>([
  ['/v1/responses', { input: [{ role: 'user', content: 'Hello' }] }],
  ['/v1/responses', { input: undefined, prompt: { id: 'pmpt_1' } }],
  ['/v1/responses', { input: undefined, previous_response_id: 'resp_1' }],
  ['/v1/embeddings', { input: [1, 2, 3] }],
  ['/v1/embeddings', { input: [[1], [2, 3]] }],
  ['/v1/completions', { prompt: ['Hello', 'you'] }],
  ['/v1/moderations', { input: [{ type: 'text', text: 'Hello' }] }],
  ['/v1/chat/completions', { stream: false }],
])('%s takes %o', (url, body) => {
  expect(check([requestTo(url, body)]).issues).toEqual([]);
});

test.each<[BatchEndpoint, string]>([
  ['/v1/chat/completions', 'messages'],
  ['/v1/responses', 'input'],
  ['/v1/embeddings', 'input'],
  ['/v1/completions', 'prompt'],
  ['/v1/moderations', 'input'],
])('%s needs %s, of a type that it takes', (url, field) => {
  const issueWith = (value: unknown) => check([requestTo(url, { [field]: value })]).issues;
  const place = { param: `body.${field}`, line: 1, custom_id: 'a' };
  expect(issueWith(undefined)).toEqual([withMessage({ code: 'invalid_request', ...place })]);
  expect(issueWith(null)).toEqual([withMessage({ code: 'invalid_request', ...place })]);
  expect(issueWith(7)).toEqual([withMessage({ code: 'invalid_type', ...place })]);
  expect(issueWith({ text: 'Hello' })).toEqual([withMessage({ code: 'invalid_type', ...place })]);
});

test('messages of a chat are a list, not a text', () => {
  expect(check([requestTo('/v1/chat/completions', { messages: 'Hello' })]).issues).toEqual([
    withMessage({ code: 'invalid_type', param: 'body.messages', line: 1, custom_id: 'a' }),
  ]);
});

test('everything that is wrong with one request is told', () => {
  const { issues } = check([{ custom_id: 'a', url: '/v1/chat/completions', body: { stream: true } }]);
  expect(issues.map(({ code, param }) => [code, param])).toEqual([
    ['missing_required_parameter', 'method'],
    ['invalid_request', 'body.model'],
    ['streaming_unsupported', 'body.stream'],
    ['invalid_request', 'body.messages'],
  ]);
});

test('issues are told as the bytes come in, those of the whole at the end', () => {
  const validator = createInputValidator();
  const text = `${JSON.stringify(request('a', { method: 'GET' }))}\n${JSON.stringify(requestTo('/v1/responses', {}, 'b'))}`;
  const told = [...Buffer.from(text)].flatMap((byte) => validator.feed(Uint8Array.of(byte)));
  expect(told).toEqual([withMessage({ code: 'invalid_method', param: 'method', line: 1, custom_id: 'a' })]);
  const { issues, issue_count } = validator.finish({ endpoint: '/v1/embeddings' });
  expect(issues.map(({ code, line }) => [code, line])).toEqual([
    ['invalid_method', 1],
    ['invalid_url', 1],
    ['invalid_url', 2],
  ]);
  expect(issue_count).toBe(3);
});

test('each request is handed on in order, without what is around it', () => {
  const handed: [string, string | null][] = [];
  const validator = createInputValidator({
    onRequest: ({ bytes, custom_id }) => handed.push([Buffer.from(bytes).toString(), custom_id]),
  });
  const good = JSON.stringify(request('a'));
  validator.feed(Buffer.from(`\uFEFF${good}\r\n\r\n \t\n[]\n{"custom_id":"é"}`));
  validator.finish();
  expect(handed).toEqual([
    [good, 'a'],
    ['[]', null],
    ['{"custom_id":"é"}', 'é'],
  ]);
});

test('a custom_id that no file gives back as it was is refused', () => {
  const { issues } = check(
    ['"\\ud800"', '"\\u0000"', '"\\ud83d\\ude00"'].map((id) =>
      JSON.stringify(request('x')).replace('"x"', id),
    ),
  );
  expect(issues.map(({ code, line, param }) => [code, line, param])).toEqual([
    ['invalid_value', 1, 'custom_id'],
    ['invalid_value', 2, 'custom_id'],
  ]);
});

test('models are counted, most requests first', () => {
  const models = ['m', 'n', 'n', 'o', 'n'];
  const input = models.map((model, index) => requestTo('/v1/responses', { model }, `id-${index}`));
  expect(check(input).models).toEqual([
    { model: 'n', request_count: 3 },
    { model: 'm', request_count: 1 },
    { model: 'o', request_count: 1 },
  ]);
});

test('bytes that are not UTF-8 are an issue on their line, and the lines after them are checked', () => {
  const validator = createInputValidator();
  const good = JSON.stringify(request('a'));
  const latin = Buffer.from(JSON.stringify(request('b', { note: 'é' })), 'latin1');
  validator.feed(Buffer.concat([Buffer.from(`${good}\n`), latin, Buffer.from('\n{}')]));
  const { issues, request_count } = validator.finish();
  expect(issues[0]).toEqual({
    code: 'invalid_encoding',
    message: 'This line is not valid UTF-8.',
    param: null,
    line: 2,
    custom_id: null,
  });
  expect(issues.slice(1).map(({ line }) => line)).toEqual([3, 3, 3, 3]);
  expect(request_count).toBe(3);
});
