import { expect, test } from 'vitest';
import {
  cutIntoPieces,
  cutMatch,
  cutName,
  cutText,
} from '../../apps/web/src/pages/batch/requests/cut-text.ts';
import { moveCursor } from '../../apps/web/src/pages/batch/requests/move-cursor.ts';
import {
  readRequestFilters,
  toRequestSearch,
  toggle,
} from '../../apps/web/src/pages/batch/requests/request-filters.ts';
import { scrollTopFor, windowOf } from '../../apps/web/src/pages/batch/requests/scroll-window.ts';

test('a text is never cut through a character', () => {
  expect(cutText('abc', 3)).toBe('abc');
  expect(cutText('ab😀', 3)).toBe('ab');
  expect(cutText('ab😀', 4)).toBe('ab😀');
  expect(cutText('', 0)).toBe('');
});

test.each([
  ['x'.repeat(1_000_000)],
  ['😀'.repeat(5_001)],
  ['a line\n'.repeat(9_999)],
  ['some words '.repeat(9_999)],
  [`${'x'.repeat(1_500)}\n${'y'.repeat(1_500)}`],
  ['\n'.repeat(3_000)],
  ['short'],
])('pieces of a text are the text, and none is longer than told', (text) => {
  const pieces = cutIntoPieces(text, 1_000);
  expect(pieces.join('')).toBe(text);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
  expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
});

test('pieces end with a line where they can, or else with a word', () => {
  expect(cutIntoPieces('one two\nthree four', 12)).toEqual(['one two\n', 'three four']);
  expect(cutIntoPieces('one two three', 10)).toEqual(['one two ', 'three']);
});

test('a long name keeps its end', () => {
  expect(cutName('request-1')).toEqual(['request-1', '']);
  expect(cutName(`${'x'.repeat(60)}-0000017`)).toEqual(['x'.repeat(60), '-0000017']);
  const parts = cutName('😀'.repeat(30), 7);
  expect(parts.join('')).toBe('😀'.repeat(30));
  expect(parts.every((part) => part.isWellFormed())).toBe(true);
});

test('a match is marked where it is, whatever its places are', () => {
  expect(cutMatch('the quick fox', [4, 9])).toEqual(['the ', 'quick', ' fox']);
  expect(cutMatch('abc', [5, 9])).toEqual(['abc', '', '']);
  expect(cutMatch('abc', [-2, 99])).toEqual(['', 'abc', '']);
});

test('the rows that are seen are in the window, at both ends of a list of any length', () => {
  for (const count of [1, 10, 50_000, 3_000_000]) {
    const place = { count, rowHeight: 36, viewHeight: 700 };
    const top = windowOf({ ...place, scrollTop: 0 });
    expect(top.first).toBe(0);
    const end = windowOf({ ...place, scrollTop: top.height });
    expect(end.last).toBe(count - 1);
    // The last row ends where the list does.
    if (count > 20) expect((count - 1) * 36 + end.shift + 36).toBeCloseTo(end.height);
    expect(end.last - end.first).toBeLessThan(40);
    expect(end.height).toBeLessThanOrEqual(10_000_000);
  }
  expect(windowOf({ count: 0, rowHeight: 36, viewHeight: 700, scrollTop: 0 })).toMatchObject({
    height: 0,
    last: -1,
  });
});

test('a row is scrolled to no further than it takes to see it', () => {
  for (const count of [50_000, 3_000_000]) {
    const place = { count, rowHeight: 36, viewHeight: 720, scrollTop: 0 };
    expect(scrollTopFor(5, place)).toBe(0);
    for (const index of [40, 30_000, count - 1]) {
      const scrollTop = scrollTopFor(index, place);
      const { first, last, shift } = windowOf({ ...place, scrollTop });
      expect(index >= first && index <= last).toBe(true);
      const y = index * 36 + shift - scrollTop;
      expect(y + 36).toBeCloseTo(720);
      expect(scrollTopFor(index - 3, { ...place, scrollTop })).toBe(scrollTop);
    }
  }
});

test('keys go through a list and stay in it', () => {
  const list = { at: 5, count: 100, pageRows: 10, first: 3 };
  const move = (key: string, more = {}) => moveCursor(key, { ...list, ...more });
  expect(['ArrowDown', 'j', 'ArrowUp', 'k'].map((key) => move(key))).toEqual([6, 6, 4, 4]);
  expect(['PageDown', 'PageUp', 'Home', 'End', 'x'].map((key) => move(key))).toEqual([15, 0, 0, 99, null]);
  expect(move('ArrowDown', { at: null })).toBe(3);
  expect(move('ArrowDown', { at: 99 })).toBe(99);
  expect(move('End', { count: 0, at: null })).toBeNull();
});

test('filters of requests are read from the address they are written to', () => {
  const filters = {
    outcomes: ['failed', 'expired'] as const,
    codes: ['a,b', 'server_error'],
    q: 'x&y=é',
    parts: ['id'] as const,
  };
  const search = toRequestSearch(
    { ...filters, outcomes: [...filters.outcomes], parts: [...filters.parts] },
    'my id/1',
  );
  const read = new URLSearchParams(search);
  expect(readRequestFilters(read)).toEqual(filters);
  expect(read.get('request')).toBe('my id/1');
  expect(toRequestSearch({ outcomes: [], codes: [], q: '', parts: ['id', 'input', 'answer'] })).toBe('');
  const all = { outcomes: [], codes: [], q: '', parts: ['id', 'input', 'answer'] };
  expect(readRequestFilters(new URLSearchParams('outcome=nonsense,&code=&in=nowhere'))).toEqual(all);
  expect(toggle(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggle(['a'], 'b')).toEqual(['a', 'b']);
});
