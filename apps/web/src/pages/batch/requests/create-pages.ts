import type { ListRequestsInput, RequestView } from '@batchdesk/shared';
import { createMemo, createSignal, mapArray, onCleanup } from 'solid-js';
import { useQuery } from '../../../api/use-query.ts';
import { useApp } from '../../../state/app-state.tsx';

/** Requests asked for at a time. */
export const PAGE_ROWS = 100;
/** Whoever scrolls fast passes pages by without asking for them. */
const SETTLE_MS = 100;

/**
 * Asks for the pages around what is seen of a list, and lets go of those that are passed by. Rows change in place when they
 * are asked for anew.
 */
export function createPages(jobId: () => string, input: () => ListRequestsInput, isFinal: () => boolean) {
  const app = useApp();
  const [seen, setSeen] = createSignal({ first: 0, last: 0 });
  const numbers = createMemo(() => pagesAround(seen()), undefined, {
    equals: (one, other) => one.join() === other.join(),
  });
  let timer: number | undefined;
  onCleanup(() => clearTimeout(timer));
  let next = seen();

  const pages = mapArray(numbers, (number) => ({
    number,
    query: useQuery(() => ({
      ...app.queries.requests(jobId(), {
        ...input(),
        offset: number * PAGE_ROWS,
        limit: PAGE_ROWS,
        counts: false,
      }),
      reconcile: 'line',
      ...(isFinal() && { refetchInterval: false as const }),
    })),
  }));
  const loaded = createMemo(() => pages());
  const total = createMemo<number | null>((before) => {
    const page = loaded().find(({ query }) => query.isSuccess);
    return page?.query.data?.total ?? before;
  }, null);

  return {
    /** Of all that pass the filters; `null` while it is not known. */
    total,
    /** What went wrong when no page came. */
    failed: () => loaded().find(({ query }) => query.isError && query.data === undefined)?.query,
    /** A row that is here. */
    rowAt(index: number): RequestView | undefined {
      const number = Math.floor(index / PAGE_ROWS);
      const page = loaded().find((other) => other.number === number);
      return page?.query.isSuccess ? page.query.data?.data[index % PAGE_ROWS] : undefined;
    },
    /** Where a request is, among the rows that are here; `null` when it is not. */
    find(customId: string): number | null {
      for (const { number, query } of loaded()) {
        if (!query.isSuccess) continue;
        const place = query.data?.data.findIndex(({ custom_id }) => custom_id === customId) ?? -1;
        if (place !== -1) return number * PAGE_ROWS + place;
      }
      return null;
    },
    /** Says which rows are seen. */
    show(range: { first: number; last: number }): void {
      next = range;
      timer ??= window.setTimeout(() => {
        timer = undefined;
        setSeen(next);
      }, SETTLE_MS);
    },
  };
}

/** The pages of the rows that are seen, and one before and after. */
function pagesAround({ first, last }: { first: number; last: number }): number[] {
  const from = Math.max(0, Math.floor((first - PAGE_ROWS / 2) / PAGE_ROWS));
  const to = Math.floor((Math.max(first, last) + PAGE_ROWS / 2) / PAGE_ROWS);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
