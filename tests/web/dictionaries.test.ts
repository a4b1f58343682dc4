import { ERRORS } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { dictionary as english } from '../../apps/web/src/i18n/en/dictionary.ts';
import { pages as englishPages } from '../../apps/web/src/i18n/en/pages.ts';
import { dictionary as french } from '../../apps/web/src/i18n/fr/dictionary.ts';
import { pages as frenchPages } from '../../apps/web/src/i18n/fr/pages.ts';

/** Each sentence by its name; those with places have them filled with what no sentence has of its own. */
function sentencesOf(texts: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(texts)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string') found.set(at, value);
    else if (typeof value === 'function') found.set(at, String(value(7, 8, 9, 10, 11)));
    else for (const [deeper, sentence] of sentencesOf(value, at)) found.set(deeper, sentence);
  }
  return found;
}

const inEnglish = sentencesOf({ ...english.texts, ...englishPages });
const inFrench = sentencesOf({ ...french.texts, ...frenchPages });

test('both languages say the same things', () => {
  expect([...inFrench.keys()].toSorted()).toEqual([...inEnglish.keys()].toSorted());
  expect(Object.keys(french.errors).toSorted()).toEqual(Object.keys(ERRORS).toSorted());
});

test('nothing of more than two words is left in English', () => {
  const same = [...inEnglish].filter(
    ([name, sentence]) => sentence.trim().split(/\s+/).length > 2 && inFrench.get(name) === sentence,
  );
  expect(same).toEqual([]);
});

test('what is filled into a sentence is in it in both languages', () => {
  const digits = (sentence: string) => (sentence.match(/\b(7|8|9|10|11)\b/g) ?? []).toSorted();
  const different = [...inEnglish].filter(
    ([name, sentence]) => digits(sentence).join() !== digits(inFrench.get(name) ?? '').join(),
  );
  expect(different).toEqual([]);
});

test('no sentence is empty, and code between backticks is closed', () => {
  for (const [name, sentence] of [...inEnglish, ...inFrench]) {
    expect(sentence.trim(), name).not.toBe('');
    expect(sentence.split('`').length % 2, name).toBe(1);
  }
});
