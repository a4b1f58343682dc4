import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/solid-query';

/** Which page of which list is asked for. */
export interface AskedPage<P> {
  client: QueryClient;
  queryKey: QueryKey;
  pageParam: P;
}

interface Page {
  data: { id: string | number }[];
  has_more: boolean;
}

/** The pages of a list as they are kept. */
export interface KnownPages<T> extends InfiniteData<T> {
  /** Something in them was changed: all are asked for. */
  isOutdated?: true;
}

/**
 * A page of a list whose newest stand first. When the list is asked for again, that is its first page alone: what is new goes
 * before what is known, and the further pages stay, however many there are.
 */
export function askPage<T extends Page, P>(
  { client, queryKey, pageParam }: AskedPage<P>,
  ask: (pageParam: P) => Promise<T>,
): Promise<T> {
  return pageOf(client.getQueryData<KnownPages<T>>(queryKey), pageParam, ask);
}

/** What `askPage` answers where `known` are the pages so far. */
export async function pageOf<T extends Page, P>(
  known: KnownPages<T> | undefined,
  pageParam: P,
  ask: (pageParam: P) => Promise<T>,
): Promise<T> {
  const index = known?.pageParams.indexOf(pageParam) ?? -1;
  const old = known?.pages[index];
  if (!known || !old || known.isOutdated || known.pages.length === 1) return ask(pageParam);
  return index === 0 ? putBefore(await ask(pageParam), old) : old;
}

/** Has all pages of the lists whose keys begin so asked for the next time: after a change that may be in any of them. */
export function outdatePages(client: QueryClient, queryKey: QueryKey): void {
  client.setQueriesData<KnownPages<unknown>>(
    { queryKey },
    (known) => known && { ...known, isOutdated: true },
  );
}

/** The first page with the rows that have left it since, so that the second goes on where it ends. */
function putBefore<T extends Page>(fresh: T, old: T): T {
  const lastId = fresh.data.at(-1)?.id;
  const at = old.data.findIndex(({ id }) => id === lastId);
  // They have nothing in common, or nothing comes after: what is known further on is not its continuation.
  if (at === -1 || !fresh.has_more) return fresh;
  return { ...old, data: [...fresh.data, ...old.data.slice(at + 1)] };
}
