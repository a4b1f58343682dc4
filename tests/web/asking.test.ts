import { TRPCClientError } from '@trpc/client';
import { afterEach, expect, test, vi } from 'vitest';
import { pageOf } from '../../apps/web/src/api/ask-page.ts';
import type { KnownPages } from '../../apps/web/src/api/ask-page.ts';
import { toFailure } from '../../apps/web/src/api/failure.ts';

afterEach(() => vi.unstubAllGlobals());

const page = (ids: number[], has_more = true) => ({
  data: ids.map((id) => ({ id })),
  last_id: ids.at(-1) ?? null,
  has_more,
});
type Answer = ReturnType<typeof page>;

/** Asks for all pages as the library does, and answers them with what the server was asked. */
async function askAgain(known: KnownPages<Answer> | undefined, rows: number[], limit = 3) {
  const asked: number[] = [];
  const ask = (after: number) => {
    asked.push(after);
    const rest = after === 0 ? rows : rows.filter((id) => id < after);
    return Promise.resolve(page(rest.slice(0, limit), rest.length > limit));
  };
  const pages: Answer[] = [];
  const pageParams: number[] = [];
  let after: number | null = 0;
  while (after !== null && pages.length < (known?.pages.length ?? 1)) {
    const answer: Answer = await pageOf(known, after, ask);
    pages.push(answer);
    pageParams.push(after);
    after = answer.has_more ? answer.last_id : null;
  }
  return { pages, pageParams, asked, ids: pages.flatMap(({ data }) => data.map(({ id }) => id)) };
}

const known: KnownPages<Answer> = {
  pages: [page([9, 8, 7]), page([6, 5, 4]), page([3, 2, 1], false)],
  pageParams: [0, 7, 4],
};

test('of a long list only the first page is asked for again, and nothing falls between two pages', async () => {
  const { asked, ...next } = await askAgain(known, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(asked).toEqual([0]);
  expect(next.ids).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  const later = await askAgain(next, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(later.asked).toEqual([0]);
  expect(later.ids).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test('a list is asked for as a whole where its first page says nothing of the others', async () => {
  const far = await askAgain(known, [29, 28, 27, 26, 25, 9, 8]);
  expect(far.asked).toEqual([0, 27, 9]);
  expect(far.ids).toEqual([29, 28, 27, 26, 25, 9, 8]);
  const short = await askAgain(known, [9, 8]);
  expect(short).toMatchObject({ asked: [0], ids: [9, 8] });
});

test('all pages are asked for after a change that may be in any of them', async () => {
  const { asked, ids } = await askAgain({ ...known, isOutdated: true }, [9, 8, 7, 6, 4, 3, 2, 1]);
  expect(asked).toEqual([0, 7, 3]);
  expect(ids).toEqual([9, 8, 7, 6, 4, 3, 2, 1]);
});

test('one page, and a page that is not known yet, come as they are', async () => {
  const first = await askAgain(undefined, [9, 8, 7, 6]);
  expect(first).toMatchObject({ asked: [0], ids: [9, 8, 7] });
  expect(await askAgain(first, [10, 9, 8, 7, 6])).toMatchObject({ asked: [0], ids: [10, 9, 8] });
  expect(await pageOf(known, 1, () => Promise.resolve(page([0], false)))).toEqual(page([0], false));
});

test('what is no answer of the server is reported once, and is a failure that can be shown', () => {
  const reported: unknown[] = [];
  vi.stubGlobal('reportError', (thrown: unknown) => reported.push(thrown));
  const mistake = new TypeError('x is undefined');
  expect(toFailure(mistake)).toEqual({ kind: 'broken' });
  expect(toFailure(mistake)).toEqual({ kind: 'broken' });
  expect(toFailure(new TRPCClientError('fetch failed'))).toEqual({ kind: 'unreachable' });
  expect(reported).toEqual([mistake]);
});
