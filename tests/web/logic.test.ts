import { ERRORS } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { readFilters, toSearch } from '../../apps/web/src/api/job-filters.ts';
import { findCommands } from '../../apps/web/src/components/palette/find-commands.ts';
import { formatBytes } from '../../apps/web/src/format/bytes.ts';
import { formatDuration } from '../../apps/web/src/format/duration.ts';
import { toSegments } from '../../apps/web/src/format/progress.ts';
import { formatRelative } from '../../apps/web/src/format/relative-time.ts';
import { ERRORS_FR } from '../../apps/web/src/i18n/fr/errors.ts';

const counts = {
  total: 0,
  pending: 0,
  submitted: 0,
  succeeded: 0,
  failed: 0,
  expired: 0,
  cancelled: 0,
  missing: 0,
};

test('a bar never overflows, whatever the counts', () => {
  const none = { succeeded: 0, failed: 0, cancelled: 0, answered: 0 };
  expect(
    toSegments({ ...counts, total: 8, succeeded: 2, failed: 1, expired: 1, missing: 2, cancelled: 1 }),
  ).toEqual({
    succeeded: 25,
    failed: 50,
    cancelled: 12.5,
    answered: 0,
  });
  expect(toSegments(counts)).toEqual(none);
  expect(toSegments({ ...counts, total: 1, succeeded: 3, failed: 1 })).toEqual({
    ...none,
    succeeded: 75,
    failed: 25,
  });
  expect(toSegments({ ...counts, total: 8, succeeded: 2 }, 4)).toEqual({
    ...none,
    succeeded: 25,
    answered: 50,
  });
});

test('a length of time has its two largest units', () => {
  expect(formatDuration(0, 'en')).toBe('0 sec');
  expect(formatDuration(59.9, 'en')).toBe('59 sec');
  expect(formatDuration(3_600, 'en')).toBe('1 hr');
  expect(formatDuration(3 * 3_600 + 5 * 60 + 7, 'en')).toBe('3 hr 5 min');
  expect(formatDuration(86_400 + 60, 'fr')).toMatch(/^1\sj$/);
  expect(formatDuration(-5, 'en')).toBe('0 sec');
});

test('a size is told in the unit that suits it', () => {
  expect(formatBytes(0, 'en')).toBe('0 bytes');
  expect(formatBytes(1_023, 'en')).toBe('1,023 bytes');
  expect(formatBytes(1_024, 'en')).toBe('1 kB');
  expect(formatBytes(1_310_720, 'en')).toBe('1.3 MB');
  expect(formatBytes(209_715_200, 'fr')).toMatch(/^200\sMo$/);
});

test('the filters of an address come back as they were', () => {
  const filters = {
    state: 'failed',
    model: 'gpt-4o mini',
    metadata: 'team=a&b',
    created_after: 5,
    has_errors: true,
    sort: 'cost',
    order: 'asc',
  } as const;
  expect(readFilters(new URLSearchParams(toSearch(filters)))).toEqual(filters);
  expect(toSearch({})).toBe('');
});

test('what an address says wrong counts as not said', () => {
  const search = new URLSearchParams(
    'state=lost&created_after=yesterday&sort=colour&order=up&has_errors=maybe&q=%20',
  );
  expect(readFilters(search)).toEqual({});
});

test('the palette finds commands by all of their words, the best first', () => {
  const command = (label: string, words?: string) => ({ id: label, label, words, run: () => undefined });
  const all = [
    command('Settings: prices'),
    command('New batch'),
    command('Batches'),
    command('Français', 'language langue'),
  ];
  const labels = (text: string) => findCommands(all, text).map(({ label }) => label);
  expect(labels('batch')).toEqual(['Batches', 'New batch']);
  expect(labels('prices settings')).toEqual(['Settings: prices']);
  expect(labels('LANGUE')).toEqual(['Français']);
  expect(labels('nothing at all')).toEqual([]);
  expect(labels('')).toHaveLength(4);
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
