import { ERRORS, createInputValidator } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { buildRequests, readPrompts } from '../../apps/web/src/create/build-requests.ts';
import { toSegments } from '../../apps/web/src/format/progress.ts';
import { formatRelative } from '../../apps/web/src/format/relative-time.ts';
import { ERRORS_FR } from '../../apps/web/src/i18n/errors-fr.ts';

test('prompts are the lines that are not empty', () => {
  expect(readPrompts(' one \r\n\r\n\t\ntwo\n')).toEqual(['one', 'two']);
  expect(readPrompts('')).toEqual([]);
});

test.each([
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/embeddings',
  '/v1/completions',
  '/v1/moderations',
] as const)('the requests made of prompts for %s are such that OpenAI takes them', (endpoint) => {
  const requests = buildRequests(['one', 'two'], { endpoint, model: 'some-model' });
  const validator = createInputValidator();
  for (const request of requests) validator.feed(Buffer.from(`${JSON.stringify(request)}\n`));
  const models = [{ model: 'some-model', request_count: 2 }];
  expect(validator.finish({ endpoint })).toMatchObject({ request_count: 2, models, issues: [] });
  expect(JSON.stringify(requests[1])).toContain('"two"');
});

test('a bar never overflows, whatever the counts', () => {
  expect(toSegments({ total: 4, completed: 1, failed: 2 })).toEqual({ completed: 25, failed: 50 });
  expect(toSegments({ total: 0, completed: 0, failed: 0 })).toEqual({ completed: 0, failed: 0 });
  expect(toSegments({ total: 1, completed: 3, failed: 1 })).toEqual({ completed: 75, failed: 25 });
});

test('times are told in words of the language', () => {
  expect(formatRelative(1_000, 1_059, 'en')).toBeNull();
  expect(formatRelative(1_000, 1_060, 'en')).toBe('1 min. ago');
  expect(formatRelative(1_000, 1_000 + 7_300, 'fr')).toMatch(/^il y a 2\sh$/);
  expect(formatRelative(1_000, 1_000 + 3 * 86_400, 'en')).toBe('3 days ago');
});

test('every error has the same details in French as in English', () => {
  const places = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).toSorted();
  for (const [code, { message }] of Object.entries(ERRORS)) {
    expect([code, ...places(ERRORS_FR[code as keyof typeof ERRORS])]).toEqual([code, ...places(message)]);
  }
});
