import { LIMITS, createInputValidator } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { GOOD_BODIES, check, request, requestTo } from './request-line.ts';

const whole = { message: expect.any(String), param: null, line: null, custom_id: null };

function* requests(count: number): Generator {
  for (let index = 1; index <= count; index += 1) yield request(`request-${index}`);
}

test('an empty input is refused', () => {
  expect(check([])).toEqual({
    request_count: 0,
    bytes: 0,
    endpoint: null,
    models: [],
    embedding_inputs: 0,
    estimated_tokens: 0,
    max_output_tokens: 0,
    uncapped_requests: 0,
    sample: [],
    issues: [{ ...whole, code: 'empty_file' }],
    issue_count: 1,
  });
});

test('50,000 requests pass and 50,001 do not', () => {
  expect(check(requests(50_000))).toMatchObject({ request_count: 50_000, issues: [] });
  const { issues, request_count } = check(requests(50_001));
  expect(request_count).toBe(50_001);
  expect(issues).toEqual([
    { ...whole, code: 'too_many_requests', message: expect.stringContaining('50001 requests') },
  ]);
});

test('50,000 embedding inputs pass and 50,001 do not', () => {
  const texts = (count: number) => ({ input: Array.from({ length: count }, () => 'a') });
  const input = (more: unknown) => [
    requestTo('/v1/embeddings', texts(49_998), 'a'),
    requestTo('/v1/embeddings', { input: 'one text' }, 'b'),
    requestTo('/v1/embeddings', { input: more }, 'c'),
  ];
  expect(check(input('one more')).issues).toEqual([]);
  expect(check(input(['one more', 'and another'])).issues).toEqual([
    { ...whole, code: 'too_many_embedding_inputs', message: expect.stringContaining('50001') },
  ]);
});

test('a list of tokens is one embedding input, a list of such lists one for each', () => {
  const tokens = Array.from({ length: 50_001 }, () => 1);
  const lists = Array.from({ length: 50_001 }, () => [1, 2]);
  const issuesOf = (input: unknown) => check([requestTo('/v1/embeddings', { input })]).issues;
  expect(issuesOf(tokens)).toEqual([]);
  expect(issuesOf(lists)).toEqual([{ ...whole, code: 'too_many_embedding_inputs' }]);
});

test('what a batch does not take, a job does: the message says so', () => {
  const texts = Array.from({ length: 50_001 }, () => 'a');
  const other = { body: { ...GOOD_BODIES['/v1/chat/completions'], model: 'n' } };
  const inputs = [
    requests(50_001),
    requestBytes(LIMITS.inputFileBytes + 2),
    [requestTo('/v1/embeddings', { input: texts })],
    [request('a'), request('b', other)],
  ];
  const messages = inputs.map((input) => {
    const validator = createInputValidator();
    for (const item of input) {
      validator.feed(item instanceof Uint8Array ? item : Buffer.from(`${JSON.stringify(item)}\n`));
    }
    return validator.finish().issues.map(({ message }) => message.split('. ').at(-1));
  });
  const anySize = ['POST /api/jobs takes inputs of any size and splits them.'];
  const anyModel = ['POST /api/jobs takes several models and splits them.'];
  expect(messages).toEqual([anySize, anySize, anySize, anyModel]);
});

test('what other endpoints call input is not counted as embedding inputs', () => {
  const input = Array.from({ length: 50_001 }, () => 'a');
  expect(check([requestTo('/v1/moderations', { input })]).issues).toEqual([]);
});

test('1,000 issues are kept and all are counted, those of the whole included', () => {
  const { issues, issue_count } = check(Array.from({ length: 50_001 }, () => 'not JSON'));
  // What is in the last one is not looked at any more: there are too many without it.
  expect(issue_count).toBe(50_001);
  expect(issues).toHaveLength(1_000);
  expect(issues.at(-2)).toMatchObject({ code: 'invalid_json_line', line: 999 });
  expect(issues.at(-1)).toMatchObject({ code: 'too_many_requests', line: null });
});

test('a line of 50 MB is taken, one byte more is an issue, and the lines after it are checked', () => {
  const empty = JSON.stringify(requestTo('/v1/responses', { input: '' }));
  const fill = (bytes: number) =>
    Buffer.from(empty.replace('"input":""', `"input":"${'x'.repeat(bytes - empty.length)}"`));
  const issuesOf = (bytes: number) => {
    const validator = createInputValidator();
    const chunk = Buffer.concat([fill(bytes), Buffer.from('\n[]\n')]);
    for (let at = 0; at < chunk.length; at += 1 << 20) validator.feed(chunk.subarray(at, at + (1 << 20)));
    return validator.finish().issues.map(({ code, line }) => [code, line]);
  };
  expect(issuesOf(LIMITS.lineBytes)).toEqual([['invalid_type', 2]]);
  expect(issuesOf(LIMITS.lineBytes + 1)).toEqual([
    ['line_too_large', 1],
    ['invalid_type', 2],
  ]);
});

/** Bytes of requests, so many in all, each with its line break; made one at a time. */
function* requestBytes(total: number): Generator<Uint8Array> {
  const megabyte = 1_048_576;
  for (let line = 1, left = total; left > 0; line += 1) {
    const size = left >= 2 * megabyte ? megabyte : left;
    const body = { model: 'm', messages: [], padding: '' };
    const item = { custom_id: `request-${line}`, method: 'POST', url: '/v1/chat/completions', body };
    body.padding = 'x'.repeat(size - 1 - JSON.stringify(item).length);
    yield Buffer.from(`${JSON.stringify(item)}\n`);
    left -= size;
  }
}

test.each([
  [LIMITS.inputFileBytes, 209_715_200, []],
  // The last line break is not needed.
  [LIMITS.inputFileBytes + 1, 209_715_200, []],
  [LIMITS.inputFileBytes + 2, 208_666_624, [['input_too_large', 200]]],
])('of an input of %i bytes, %i are taken', (total, taken, expected) => {
  const validator = createInputValidator();
  for (const bytes of requestBytes(total)) validator.feed(bytes);
  const { bytes, issues } = validator.finish();
  expect(issues.map(({ code, line }) => [code, line])).toEqual(expected);
  expect(bytes).toBe(taken);
  expect(validator.isTooLarge).toBe(expected.length > 0);
});

test('a request of more than 1,000,000 objects and lists is refused, brackets in texts not counted', () => {
  const withInput = (input: string) =>
    JSON.stringify(requestTo('/v1/responses', { input: 'HERE' })).replace('"HERE"', input);
  const lists = (count: number) => `[${'[],'.repeat(count - 1)}[]]`;
  const text = `"${'[{\\"['.repeat(300_000)}"`;
  // The request and its body are two, the list of lists is one.
  const input = [withInput(lists(999_997)), withInput(lists(999_998)), withInput(text)];
  const { issues } = check(input.map((line, index) => line.replace('"a"', `"${index}"`)));
  expect(issues.map(({ code, line }) => [code, line])).toEqual([['request_too_complex', 2]]);
});
