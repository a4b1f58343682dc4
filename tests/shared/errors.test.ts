import { BatchdeskError, ERRORS, errorType, formatMessage } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';

const CODES = Object.keys(ERRORS) as ErrorCode[];

test('the catalog is not empty', () => {
  expect(CODES.length).toBeGreaterThan(20);
});

describe.each(CODES)('the error %s', (code) => {
  const { status, message, log } = ERRORS[code];

  test('has the status of an error, and what is our fault or worse is logged louder', () => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    if (status >= 500) expect(log).not.toBe('info');
  });

  test('is a whole sentence, or ends with the reason it was given', () => {
    expect(message).toMatch(/^[A-Z{].*(\.|: \{reason\})$/);
  });
});

test.each([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [409, 'invalid_request_error'],
  [410, 'not_found_error'],
  [429, 'rate_limit_error'],
  [500, 'server_error'],
  [507, 'server_error'],
])('an answer of %i has the type %s', (status, type) => {
  expect(errorType(status)).toBe(type);
});

describe('a message', () => {
  test('gets its details, 0 and empty ones too', () => {
    expect(formatMessage('{a}, {b} and {a}{c}.', { a: 0, b: 'two', c: '' })).toBe('0, two and 0.');
  });

  test('keeps the places of which nothing is known', () => {
    expect(formatMessage('{known} {unknown} {not a place} {', { known: 1 })).toBe(
      '1 {unknown} {not a place} {',
    );
  });

  test('takes details as they are, whatever they hold', () => {
    const details = { a: '{b} $& $1', b: 'secret' };
    expect(formatMessage('{a}', details)).toBe('{b} $& $1');
  });

  test('does not fill places with what every object has', () => {
    expect(formatMessage('{constructor} {toString}', {})).toBe('{constructor} {toString}');
  });
});

describe('a BatchdeskError', () => {
  test('carries code, details and everything it was given', () => {
    const issues = [{ code: 'invalid_type', message: 'Wrong.', param: 'url', line: 1, custom_id: null }];
    const cause = new Error('The reason why.');
    const error = new BatchdeskError('rate_limited', { issues, retryAfterSeconds: 5, cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'BatchdeskError', code: 'rate_limited', param: null, details: {} });
    expect(error).toMatchObject({ issues, retryAfterSeconds: 5, cause });
    expect(error.message).toBe(ERRORS.rate_limited.message);
  });

  test('names the field that is wrong in its sentence', () => {
    const error = new BatchdeskError('missing_required_parameter', { param: 'endpoint' });
    expect(error).toMatchObject({ param: 'endpoint', details: { param: 'endpoint' } });
    expect(error.message).toBe('endpoint is missing. Add it and send the request again.');
  });

  test('keeps its details when the caller changes theirs', () => {
    const details = { batch_id: 'batch_1' };
    const error = new BatchdeskError('batch_not_found', { details, param: 'batch_id' });
    details.batch_id = 'batch_2';
    expect(error.details).toEqual({ batch_id: 'batch_1', param: 'batch_id' });
    expect(details).toEqual({ batch_id: 'batch_2' });
    expect(error.message).toContain("'batch_1'");
  });
});
