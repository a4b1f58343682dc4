import { createInputValidator } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { check, request, requestTo } from './request-line.ts';

const whole = { message: expect.any(String), param: null, line: null, custom_id: null };

function* requests(count: number): Generator {
  for (let index = 1; index <= count; index += 1) yield request(`request-${index}`);
}

test('an empty input is refused', () => {
  expect(check([])).toEqual({
    request_count: 0,
    model: null,
    endpoint: null,
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

test('what other endpoints call input is not counted as embedding inputs', () => {
  const input = Array.from({ length: 50_001 }, () => 'a');
  expect(check([requestTo('/v1/moderations', { input })]).issues).toEqual([]);
});

test('1,000 issues are kept and all are counted, those of the whole included', () => {
  const { issues, issue_count } = check(Array.from({ length: 50_001 }, () => 'not JSON'));
  expect(issue_count).toBe(50_002);
  expect(issues).toHaveLength(1_000);
  expect(issues.at(-1)).toMatchObject({ code: 'invalid_json_line', line: 1_000 });
});

test('issues found outside count like the rest', () => {
  const validator = createInputValidator();
  const issue = { code: 'invalid_encoding', message: 'Bad bytes.', param: null, line: 3, custom_id: null };
  validator.addIssue(issue);
  validator.checkParsed(request('a'), 4);
  expect(validator.finish()).toMatchObject({ issues: [issue], issue_count: 1, request_count: 1 });
});
