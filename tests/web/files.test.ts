import type { CleanUpFilesAnswer, FileView } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { cleanUpAll } from '../../apps/web/src/pages/files/clean-up.ts';
import { contentOf, deletionsOf, expiryOf } from '../../apps/web/src/pages/files/file-facts.ts';
import { readFileFilters, toFileSearch } from '../../apps/web/src/pages/files/file-filters.ts';

const DAY = 86_400;
const inBoth = { at_provider: true, here: 10, needed_by: null, used_by_count: 0 } as const;

test.each([
  ['', {}],
  ['?q=%20mine%20&purpose=batch', { q: 'mine', purpose: 'batch' }],
  ['?q=&purpose=fine-tune&other=1', {}],
  [`?q=${'x'.repeat(300)}`, { q: 'x'.repeat(200) }],
] as const)('the address %s names filters of files', (address, filters) => {
  const read = readFileFilters(new URLSearchParams(address));
  expect(read).toEqual(filters);
  expect(readFileFilters(new URLSearchParams(toFileSearch(read)))).toEqual(filters);
});

test('filters that say nothing are not in the address', () => {
  expect(toFileSearch({ q: '', purpose: undefined })).toBe('');
});

test.each([
  [{ purpose: 'batch', used_by: [] }, 'input'],
  [{ purpose: 'batch_output', used_by: [] }, 'results'],
  [{ purpose: 'batch_output', used_by: [{ job_id: 'job_1', name: null, role: 'error' }] }, 'error'],
] satisfies [Pick<FileView, 'purpose' | 'used_by'>, string][])('what is in %o', (file, content) => {
  expect(contentOf(file)).toBe(content);
});

test('a file is deleted where it is', () => {
  const free = (where: string) => ({ where, hindrance: null });
  expect(deletionsOf(inBoth)).toEqual(['provider', 'here', 'both'].map(free));
  expect(deletionsOf({ ...inBoth, here: null })).toEqual([free('provider')]);
  expect(deletionsOf({ ...inBoth, at_provider: false })).toEqual([free('here')]);
  expect(deletionsOf({ ...inBoth, at_provider: false, here: null })).toEqual([]);
});

test('what is needed is not deleted, and why is said of each place', () => {
  const hindrances = (file: Partial<FileView>) =>
    deletionsOf({ ...inBoth, ...file }).map(({ hindrance }) => hindrance);
  expect(hindrances({ needed_by: 'active_batch', used_by_count: 1 })).toEqual(
    Array.from({ length: 3 }, () => 'active_batch'),
  );
  expect(hindrances({ used_by_count: 2 })).toEqual([null, 'kept', 'kept']);
  expect(hindrances({ needed_by: 'job_in_progress', used_by_count: 1 })).toEqual([
    null,
    'job_in_progress',
    'job_in_progress',
  ]);
  expect(hindrances({ needed_by: 'only_copy', here: null, used_by_count: 1 })).toEqual(['only_copy']);
});

test('when a file expires is said in days, and from three days on as something urgent', () => {
  const now = 1_000_000;
  const at = (expires_at: number | null, at_provider = true) => expiryOf({ at_provider, expires_at }, now);
  expect(at(now + 10 * DAY + 5)).toEqual({ kind: 'later', seconds: 10 * DAY });
  expect(at(now + 2 * DAY + 5)).toEqual({ kind: 'soon', seconds: 2 * DAY });
  expect(at(now + 3_700)).toEqual({ kind: 'soon', seconds: 3_700 });
  expect(at(now)).toEqual({ kind: 'gone' });
  expect(at(null)).toEqual({ kind: 'never' });
  expect(at(now + DAY, false)).toEqual({ kind: 'never' });
});

test('a clean-up goes on until nothing is left, and tells each failure once', async () => {
  const failure = (file_id: string) => ({ file_id, code: 'provider_error', message: 'No.' });
  const answer = (files: number, failed: string[], has_more: boolean): CleanUpFilesAnswer => ({
    success: true,
    dry_run: false,
    files,
    bytes: files * 10,
    failed: failed.map(failure),
    has_more,
  });
  const answers = [answer(100, ['a'], true), answer(3, ['a', 'b'], false)];
  expect(await cleanUpAll(async () => answers.shift()!)).toEqual({
    files: 103,
    bytes: 1_030,
    failed: [failure('a'), failure('b')],
  });
  let calls = 0;
  const stuck = async () => {
    calls += 1;
    return answer(0, ['a'], true);
  };
  expect(await cleanUpAll(stuck)).toEqual({ files: 0, bytes: 0, failed: [failure('a')] });
  expect(calls).toBe(1);
});
