import { expect, test } from 'vitest';
import { createIdIndex } from '../../packages/shared/src/input/id-index.ts';

test.each<[string, (index: number) => string]>([
  ['numbers', (index) => `request-${index}`],
  ['numbers of one length', (index) => String(index).padStart(20, '0')],
  ['two numbers', (index) => `a${index % 500}b${Math.floor(index / 500)}`],
  ['NUL characters', (index) => `${'\0'.repeat(index % 500)}${Math.floor(index / 500)}`],
  [
    'characters beyond ASCII',
    (index) => String.fromCodePoint(0x4e00 + (index % 500), 0x1f300 + Math.floor(index / 500)),
  ],
])('of 250,000 ids made of %s each is new once, and then known by its line', (_, idOf) => {
  const ids = createIdIndex();
  const wrong: number[] = [];
  for (let at = 0; at < 250_000; at += 1) if (ids.add(idOf(at), at + 1) !== null) wrong.push(at);
  for (let at = 0; at < 250_000; at += 1) if (ids.add(idOf(at), 999_999) !== at + 1) wrong.push(at);
  expect(wrong).toEqual([]);
});

test('lines are told up to 2^32 - 1', () => {
  const ids = createIdIndex();
  for (const line of [1, 2 ** 31, 2 ** 32 - 1]) {
    expect(ids.add(`${line}`, line)).toBe(null);
    expect(ids.add(`${line}`, 7)).toBe(line);
  }
});
