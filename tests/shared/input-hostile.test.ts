import { expect, test } from 'vitest';
import { check, request } from './request-line.ts';

test('fields under __proto__ and constructor are not fields of the request', () => {
  const hidden = JSON.stringify(request('a'));
  const { issues } = check([`{"__proto__": ${hidden}, "constructor": {"prototype": ${hidden}}}`]);
  expect(issues.map(({ code, param }) => [code, param])).toEqual(
    ['custom_id', 'method', 'url', 'body'].map((param) => ['missing_required_parameter', param]),
  );
  expect(Object.hasOwn(Object.prototype, 'custom_id')).toBe(false);
});

test('__proto__ is a custom_id like others', () => {
  const ids = ['__proto__', 'constructor', 'toString'];
  expect(check(ids.map((id) => request(id))).issues).toEqual([]);
  expect(check([...ids, ...ids].map((id) => request(id))).issues.map(({ line }) => line)).toEqual([4, 5, 6]);
});

test('of a field given twice the last one counts, as for everybody who parses JSON', () => {
  const text = JSON.stringify(request('a')).replace('{', '{"custom_id":"b",');
  expect(check([text, request('b')]).issues).toEqual([]);
  expect(check([text, request('a')]).issues).toMatchObject([{ code: 'duplicate_custom_id', custom_id: 'a' }]);
});

test.each([
  ['100,000 brackets without an end', '['.repeat(100_000), 'invalid_json_line'],
  ['100,000 objects without an end', '{"a":'.repeat(100_000), 'invalid_json_line'],
  ['100,000 brackets and their ends', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'invalid_type'],
])('%s are an issue, and the lines after them are checked', (_, text, code) => {
  const { issues, request_count } = check([text, request('a'), request('a')]);
  expect(issues.map((issue) => [issue.code, issue.line])).toEqual([
    [code, 1],
    ['duplicate_custom_id', 3],
  ]);
  expect(request_count).toBe(3);
});

test('a body nested 100,000 deep in a field that nobody reads does no harm', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const text = JSON.stringify(request('a')).replace('"body":{', `"body":{"extra":${deep},`);
  expect(check([text]).issues).toEqual([]);
});

test('a line of 8 MB is checked, and its error found at its end', () => {
  const content = 'é "quoted" \n'.repeat(500_000);
  const long = request('a', { body: { model: 'm', messages: [{ role: 'user', content }] } });
  const text = JSON.stringify(long);
  expect(Buffer.byteLength(text)).toBeGreaterThan(8_000_000);
  expect(check([text]).issues).toEqual([]);
  expect(check([text.slice(0, -1)]).issues).toMatchObject([
    { code: 'invalid_json_line', message: expect.stringContaining(`column ${text.length})`) },
  ]);
});
