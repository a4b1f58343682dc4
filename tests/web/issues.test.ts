import { ISSUES, createInputValidator } from '@batchdesk/shared';
import type { InputIssue } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { chooseDropped } from '../../apps/web/src/components/choose-dropped.ts';
import { describeFailure } from '../../apps/web/src/i18n/describe-failure.ts';
import { describeIssue } from '../../apps/web/src/i18n/describe-issue.ts';
import { pages as english } from '../../apps/web/src/i18n/en/pages.ts';
import { dictionary } from '../../apps/web/src/i18n/fr/dictionary.ts';
import { pages as french } from '../../apps/web/src/i18n/fr/pages.ts';

const placesIn = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].toSorted();

/** What is wrong with an input, with all that is known of it. */
function issuesOf(lines: readonly string[], scope: 'batch' | 'job' = 'job'): InputIssue[] {
  const validator = createInputValidator({ scope, isDetailed: true });
  validator.feed(Buffer.from(lines.join('\n')));
  return validator.finish().issues;
}

const body = { model: 'm', messages: [] };
const good = { custom_id: 'a', method: 'POST', url: '/v1/chat/completions', body };
const embedding = { ...good, url: '/v1/embeddings', body: { model: 'm', input: Array(50_001).fill('a') } };
const wrong = [
  '{"a":',
  '\0',
  '[]',
  { ...good, custom_id: undefined, body: [] },
  { ...good, custom_id: '', method: 'GET' },
  good,
  good,
  { ...good, custom_id: 'b', body: { model: 'n', stream: true } },
  embedding,
].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));

describe.each(Object.entries(ISSUES))('a problem that is %s', (kind, { message }) => {
  test('has the same places in its sentence in both languages', () => {
    const sentence = french.issues[kind as keyof typeof ISSUES];
    expect(placesIn(sentence)).toEqual(placesIn(message));
    expect(sentence).not.toBe(message);
  });
});

test('in English each problem is said as the server says it; in French no place is left empty', () => {
  const issues = [...issuesOf(wrong), ...issuesOf(wrong, 'batch'), ...issuesOf([])];
  expect(new Set(issues.map(({ kind }) => kind)).size).toBeGreaterThan(12);
  for (const issue of issues) {
    expect(describeIssue(issue, english.issues)).toBe(issue.message);
    expect(describeIssue(issue, french.issues)).not.toMatch(/\{\w+\}/);
  }
});

test('a problem of a kind that the page does not know, or before its texts are there, stays as it is', () => {
  const [issue] = issuesOf(['[]']);
  expect(describeIssue(issue!, french.issues)).toBe('Cette requête n’est pas un objet JSON.');
  expect(describeIssue({ ...issue!, kind: 'newer' }, french.issues)).toBe(issue!.message);
  expect(describeIssue({ ...issue!, kind: 'toString' }, french.issues)).toBe(issue!.message);
  expect(describeIssue(issue!, undefined)).toBe(issue!.message);
});

test('what the server refused says the first problem in the language of the page', () => {
  const issues = issuesOf(['[]']);
  const details = { count: 1, place: 'line', line: 1, reason: `line 1: ${issues[0]!.message}` };
  const error = {
    code: 'invalid_input',
    message: '',
    type: '',
    param: null,
    details,
    issues,
    request_id: '',
  };
  const say = (pages: typeof french | null) => describeFailure({ kind: 'refused', error }, dictionary, pages);
  expect(say(french)).toContain('ligne 1 : Cette requête n’est pas un objet JSON. Corrigez');
  expect(say(null)).toContain(details.reason);
});

test('of files that are dropped, the first is taken that a batch can be made of', () => {
  const files = ['photo.png', 'A.JSONL', 'b.csv'].map((name) => ({ name }));
  expect(chooseDropped(files)).toEqual({ file: { name: 'A.JSONL' }, others: 2 });
  expect(chooseDropped([{ name: 'photo.png' }, { name: 'jsonl' }])).toBeNull();
  expect(chooseDropped([{ name: 'x.jsonl' }])).toEqual({ file: { name: 'x.jsonl' }, others: 0 });
});
