import { isUtf8 } from 'node:buffer';
import { createInputValidator } from '@batchdesk/shared';
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

test('the fast way of reading finds what the slow way finds', () => {
  const fast = { isUtf8, toLatin1: (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1') };
  const good = JSON.stringify(request('a'));
  const lines = [
    good,
    good.replace('"a"', '"é"'),
    // The same id, written in three ways, and one that would be the same if bytes were characters.
    good.replace('"a"', '"\\u00e9"'),
    good.replace('"a"', '"Ã©"'),
    good.replace('"a"', '"\\u00c3\\u00a9"'),
    good.replace('"a"', '"b"').replace('"m"', '"mé"'),
    good.replace('"a"', '"c"').replace('Hello', '“Hello” 😀 \u2028'),
    good.replace('"a"', '"d"').replace('{', '{\u00a0'),
    good.replace('"a"', '"e"').replace('"custom_id"', '"custom_îd"'),
    `é${good}`,
    '"é"',
    '[]',
    'nothing',
  ];
  const input = Buffer.concat([
    Buffer.from(
      `${Array.from({ length: 30 }, (_, index) => good.replace('"a"', `"${index}"`)).join('\n')}\n`,
    ),
    Buffer.from(lines.join('\n')),
    Buffer.from('\n"'),
    Buffer.from('é', 'latin1'),
    Buffer.from('"'),
  ]);
  const [slowly, quickly] = [{}, { fast }].map((options) => {
    const validator = createInputValidator(options);
    validator.feed(input);
    return validator.finish();
  });
  expect(quickly).toEqual(slowly);
  expect(slowly!.issues.map(({ code, line }) => [code, line])).toEqual([
    ['duplicate_custom_id', 33],
    ['duplicate_custom_id', 35],
    ['mismatched_model', 36],
    ['invalid_json_line', 38],
    ['missing_required_parameter', 39],
    ['invalid_json_line', 40],
    ['invalid_type', 41],
    ['invalid_type', 42],
    ['invalid_json_line', 43],
    ['invalid_encoding', 44],
  ]);
});
