import { createInputValidator, maxOutputTokens } from '@batchdesk/shared/input';
import type { InputRequest } from '@batchdesk/shared/input';
import { expect, test } from 'vitest';
import { requestTo } from './request-line.ts';

const CHAT = '/v1/chat/completions';

test.each([
  [CHAT, {}, null],
  [CHAT, { max_tokens: 100 }, 100],
  [CHAT, { max_completion_tokens: 50, max_tokens: 100 }, 50],
  [CHAT, { max_completion_tokens: null, max_tokens: 100 }, 100],
  [CHAT, { max_tokens: 100, n: 3 }, 300],
  [CHAT, { max_tokens: 100, n: null }, 100],
  [CHAT, { max_output_tokens: 100 }, null],
  ['/v1/responses', { max_output_tokens: 100 }, 100],
  ['/v1/responses', { max_output_tokens: 100, n: 3 }, 100],
  ['/v1/responses', { max_tokens: 100 }, null],
  ['/v1/completions', {}, 16],
  ['/v1/completions', { max_tokens: 10, n: 2, best_of: 5 }, 50],
  ['/v1/completions', { max_tokens: 10, prompt: ['a', 'b', 'c'] }, 30],
  ['/v1/completions', { max_tokens: 10, prompt: [1, 2, 3] }, 10],
  ['/v1/completions', { max_tokens: 10, prompt: [] }, 10],
  ['/v1/completions', { max_tokens: 0, n: 2, prompt: ['a', 'b'] }, 0],
  ['/v1/embeddings', { max_tokens: 100 }, 0],
  ['/v1/moderations', {}, 0],
  ['/v1/images/generations', { n: 2 }, null],
])('the answer of %s with %j has at most %j tokens', (url, body, most) => {
  expect(maxOutputTokens(url, body)).toBe(most);
});

test.each([-1, 1.5, '100', true, [], {}, Number.MAX_VALUE, 1e9])('%j is no limit of an answer', (value) => {
  expect(maxOutputTokens(CHAT, { max_tokens: value })).toBeNull();
  expect(maxOutputTokens('/v1/completions', { max_tokens: value })).toBeNull();
});

test('0 is no limit of what has to answer', () => {
  expect(maxOutputTokens(CHAT, { max_tokens: 0 })).toBeNull();
  expect(maxOutputTokens('/v1/responses', { max_output_tokens: 0 })).toBeNull();
});

test('an input is told what its answers have at most, bad requests left out', () => {
  const requests: InputRequest[] = [];
  const validator = createInputValidator({ onRequest: (request) => void requests.push(request) });
  const lines = [
    requestTo(CHAT, { max_tokens: 100 }, 'a'),
    requestTo(CHAT, {}, 'b'),
    requestTo(CHAT, { max_tokens: 7 }, 'c'),
    { ...requestTo(CHAT, { max_tokens: 1_000 }, 'd'), method: 'GET' },
  ];
  validator.feed(new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join('\n')));
  expect(validator.finish()).toMatchObject({ max_output_tokens: 107, uncapped_requests: 1, issue_count: 1 });
  expect(requests.map((request) => request.max_output_tokens)).toEqual([100, null, 7, 0]);
});
