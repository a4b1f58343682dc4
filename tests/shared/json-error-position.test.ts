import { findJsonError } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { firstInvalidToken } from './first-invalid-token.ts';
import { createRandom } from './random.ts';

test.each([
  ['', 0, 1, 1],
  ['   ', 3, 1, 4],
  ['{', 1, 1, 2],
  ['[1,', 3, 1, 4],
  ['nul', 0, 1, 1],
  ['{"a":1,}', 7, 1, 8],
  ['[1,]', 3, 1, 4],
  ['[1 2]', 3, 1, 4],
  ['{"a" 1}', 5, 1, 6],
  ['{a:1}', 1, 1, 2],
  ["{'a':1}", 1, 1, 2],
  ['{"a":undefined}', 5, 1, 6],
  ['{"a":NaN}', 5, 1, 6],
  ['{} {}', 3, 1, 4],
  ['{}x', 2, 1, 3],
  ['[1] // said so', 4, 1, 5],
  ['[/* one */ 1]', 1, 1, 2],
  ['{"a":"b', 5, 1, 6],
  [String.raw`["\x"]`, 1, 1, 2],
  ['["a\tb"]', 1, 1, 2],
  ['[01]', 2, 1, 3],
  ['{\n  "a": 1,\n  "b": ?\n}', 19, 3, 8],
  ['[\r\n1,\r\n,]', 7, 3, 1],
  ['["é😀", x]', 8, 1, 9],
])('%j goes wrong at %i (line %i, column %i)', (text, position, line, column) => {
  expect(() => void JSON.parse(text)).toThrow(SyntaxError);
  expect(findJsonError(text)).toEqual({ position, line, column });
});

test.each([['['], ['{"a":'], ['[{"a":']])('100,000 levels of %s do not throw', (open) => {
  const text = open.repeat(100_000);
  const { position } = findJsonError(text);
  expect(position).toBeGreaterThanOrEqual(0);
  expect(position).toBeLessThanOrEqual(text.length);
});

const ORIGINAL = JSON.stringify(
  [
    { custom_id: 'request-1', method: 'POST', 'née "x"': { a: [1, -2.5e3, 0, true, false, null], b: {} } },
    { text: 'line\nbreak \u2028 tab\t 😀 \\', list: [[], [[{}]]], number: 0.1 },
  ],
  null,
  1,
);
const BROKEN_PIECES = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'x',
  '0',
  '-',
  '.',
  'é',
  ' ',
  '\n',
  '\t',
  '\0',
];

/** Texts a few changes away from JSON. */
function* brokenTexts(seed: number, count: number): Generator<string> {
  const random = createRandom(seed);
  for (let index = 0; index < count; index += 1) {
    let text = ORIGINAL;
    for (let changes = random.below(3); changes >= 0; changes -= 1) {
      const at = random.below(text.length + 1);
      const removed = random.below(3);
      text = text.slice(0, at) + random.pick([...BROKEN_PIECES, '']) + text.slice(at + removed);
    }
    yield random.below(4) === 0 ? text.slice(0, random.below(text.length)) : text;
  }
}

function isRefused(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
}

describe('texts that are broken at random', () => {
  const texts = [...brokenTexts(1, 10_000)].filter(isRefused);

  test('are many', () => {
    expect(texts.length).toBeGreaterThan(5_000);
  });

  test('go wrong within the text, and line and column say the same as the position', () => {
    for (const text of texts) {
      const { position, line, column } = findJsonError(text);
      const lines = text.slice(0, position).split('\n');
      const isWithin = position >= 0 && position <= text.length;
      expect({ text, isWithin, line, column }).toEqual({
        text,
        isWithin: true,
        line: lines.length,
        column: lines.at(-1)!.length + 1,
      });
    }
  });

  test('go wrong where the first token stands that no JSON text has there', () => {
    for (const text of texts) {
      const { position } = findJsonError(text);
      const expected = firstInvalidToken(text);
      // Half a word can be good JSON: the whole word is the token then.
      const isThere = position <= expected && /^[\w.+-]*$/.test(text.slice(position, expected));
      expect({ text, position, expected, isThere }).toMatchObject({ isThere: true });
    }
  });
});
