import {
  LIMITS,
  createBatchSchema,
  getBatchQuerySchema,
  listBatchesSchema,
  listRequestsQuerySchema,
  requestsUrl,
  resultsQuerySchema,
  resultsUrl,
  searchUrl,
} from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';

interface Schema<T = unknown> {
  safeParse(input: unknown): {
    success: boolean;
    data?: T;
    error?: { issues: { path: PropertyKey[]; code: string; message: string }[] };
  };
}

/** The fields that a schema finds wrong. */
function wrongFields(schema: Schema, input: unknown): string[] {
  return (schema.safeParse(input).error?.issues ?? []).map(({ path }) => path.join('.'));
}

/** A text of that many characters. */
const text = (length: number) => 'x'.repeat(length);

describe('the body of create', () => {
  const endpoint = '/v1/responses';
  const wrong = (fields: object) => wrongFields(createBatchSchema, { endpoint, ...fields });
  const pairs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, '']));

  test('gets the completion window of 24h', () => {
    const parsed = createBatchSchema.parse({ endpoint, input_file_id: 'file-1' });
    expect(parsed).toEqual({ endpoint, input_file_id: 'file-1', completion_window: '24h' });
  });

  test('needs an endpoint that batches can call', () => {
    expect(wrongFields(createBatchSchema, {})).toEqual(['endpoint']);
    expect(wrong({ endpoint: '/v1/files' })).toEqual(['endpoint']);
  });

  test('has no other completion window', () => {
    expect(wrong({ completion_window: '1h' })).toEqual(['completion_window']);
  });

  test('with a field that is not known is refused', () => {
    const { error } = createBatchSchema.safeParse({ endpoint, input_file: 'file-1' });
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['input_file'] }]);
  });

  test('takes requests as they are: the input validator looks at them', () => {
    const requests = [{ custom_id: 1 }, null, 'text'];
    expect(createBatchSchema.parse({ endpoint, requests }).requests).toEqual(requests);
    expect(wrong({ requests: {} })).toEqual(['requests']);
  });

  test('has a file id of at least one character', () => {
    expect(wrong({ input_file_id: '' })).toEqual(['input_file_id']);
  });

  test.each<[string, unknown, boolean]>([
    ['no pairs', {}, true],
    ['16 pairs', pairs(16), true],
    ['17 pairs', pairs(17), false],
    ['a key of 64 characters', { [text(64)]: 'a' }, true],
    ['a key of 65 characters', { [text(65)]: 'a' }, false],
    ['an empty key', { '': 'a' }, false],
    ['a value of 512 characters', { a: text(512) }, true],
    ['a value of 513 characters', { a: text(513) }, false],
    ['a number as value', { a: 1 }, false],
    ['null as value', { a: null }, false],
    ['a list', ['a'], false],
  ])('with %s in metadata', (_, metadata, isGood) => {
    const fields = wrong({ metadata });
    expect(fields.map((field) => field.split('.')[0])).toEqual(isGood ? [] : ['metadata']);
  });

  test.each<[unknown, string[]]>([
    [{ anchor: 'created_at', seconds: LIMITS.outputExpiresAfterSeconds.min }, []],
    [{ anchor: 'created_at', seconds: LIMITS.outputExpiresAfterSeconds.max }, []],
    [{ anchor: 'created_at', seconds: 3_599 }, ['output_expires_after.seconds']],
    [{ anchor: 'created_at', seconds: 2_592_001 }, ['output_expires_after.seconds']],
    [{ anchor: 'created_at', seconds: 3_600.5 }, ['output_expires_after.seconds']],
    [{ anchor: 'created_at', seconds: '3600' }, ['output_expires_after.seconds']],
    [{ anchor: 'completed_at', seconds: 3_600 }, ['output_expires_after.anchor']],
    [{ anchor: 'created_at', seconds: 3_600, more: 1 }, ['output_expires_after']],
  ])('with the expiry %o', (outputExpiresAfter, fields) => {
    expect(wrong({ output_expires_after: outputExpiresAfter })).toEqual(fields);
  });
});

describe('the query of list', () => {
  test('has defaults', () => {
    expect(listBatchesSchema.parse({})).toEqual({ source: 'local', limit: 20 });
  });

  test('turns texts of a URL into numbers', () => {
    const query = { limit: '50', offset: '100', created_after: '1700000000', created_before: '1800000000' };
    expect(listBatchesSchema.parse(query)).toMatchObject({
      limit: 50,
      offset: 100,
      created_after: 1_700_000_000,
      created_before: 1_800_000_000,
    });
  });

  test.each([1, 100, '1', '100'])('takes the limit %j', (limit) => {
    expect(listBatchesSchema.parse({ limit }).limit).toBe(Number(limit));
  });

  test.each([0, 101, 1.5, -1, '0', '101', '1.5', '', 'abc', 'NaN', 'Infinity', '1e400'])(
    'refuses the limit %j',
    (limit) => {
      expect(wrongFields(listBatchesSchema, { limit })).toEqual(['limit']);
    },
  );

  test.each([
    ['offset', '-1'],
    ['offset', '1.5'],
    ['offset', '10000001'],
    ['created_after', '-1'],
    ['created_before', 'yesterday'],
    ['status', 'done'],
    ['source', 'both'],
    ['after', ''],
    ['q', text(201)],
  ])('refuses %s=%s', (field, value) => {
    expect(wrongFields(listBatchesSchema, { [field]: value })).toEqual([field]);
  });

  test('takes after or offset, not both', () => {
    expect(wrongFields(listBatchesSchema, { after: 'batch_1' })).toEqual([]);
    expect(wrongFields(listBatchesSchema, { offset: '1' })).toEqual([]);
    const both = listBatchesSchema.safeParse({ after: 'batch_1', offset: '0' });
    expect(both.error?.issues).toMatchObject([
      { path: ['offset'], message: 'Use either after or offset, not both.' },
    ]);
  });
});

describe('the query of get', () => {
  test.each<[unknown, boolean]>([
    [undefined, true],
    ['true', true],
    ['1', true],
    [true, true],
    ['false', false],
    ['0', false],
    [false, false],
  ])('reads refresh=%j as %j', (refresh, expected) => {
    expect(getBatchQuerySchema.parse({ refresh })).toEqual({ refresh: expected });
  });

  test.each(['maybe', '', 'yes', 1, null])('refuses refresh=%j', (refresh) => {
    expect(wrongFields(getBatchQuerySchema, { refresh })).toEqual(['refresh']);
  });
});

test('the query of results asks for the output unless it says otherwise, and CSV for all requests', () => {
  const queries = [
    {},
    { type: 'error' },
    { type: 'merged' },
    { format: 'csv' },
    { type: 'output', format: 'csv' },
  ];
  expect(queries.map((query) => resultsQuerySchema.parse(query))).toEqual([
    { type: 'output', format: 'jsonl' },
    { type: 'error', format: 'jsonl' },
    { type: 'merged', format: 'jsonl' },
    { type: 'merged', format: 'csv' },
    { type: 'output', format: 'csv' },
  ]);
  expect(wrongFields(resultsQuerySchema, { type: 'input' })).toEqual(['type']);
  expect(wrongFields(resultsQuerySchema, { format: 'xml' })).toEqual(['format']);
});

test('the query of requests takes bodies as text or as a list', () => {
  const include = (value: unknown) => listRequestsQuerySchema.parse({ include: value }).include;
  expect(include('input,result')).toEqual(['input', 'result']);
  expect(include(['result'])).toEqual(['result']);
  expect(include('')).toEqual([]);
  expect(listRequestsQuerySchema.parse({})).toEqual({ limit: 50, include: [], counts: true });
  expect(wrongFields(listRequestsQuerySchema, { include: 'body' })).toEqual(['include.0']);
  expect(wrongFields(listRequestsQuerySchema, { limit: 101 })).toEqual(['limit']);
  expect(wrongFields(listRequestsQuerySchema, { outcome: 'done' })).toEqual(['outcome.0']);
});

test('the addresses of results, requests and searches', () => {
  expect(resultsUrl('batch_1', 'error')).toBe('/api/batch/batch_1/results?type=error');
  expect(resultsUrl('batch_1', undefined, 'csv')).toBe('/api/batch/batch_1/results?format=csv');
  expect(requestsUrl('batch_1')).toBe('/api/batch/batch_1/requests');
  expect(requestsUrl('b&c', { after: 50, include: ['input', 'result'] })).toBe(
    '/api/batch/b%26c/requests?after=50&include=input%2Cresult',
  );
  expect(searchUrl('batch_1', { q: 'à & b' })).toBe('/api/batch/batch_1/search?q=%C3%A0%20%26%20b');
});
