/** One page of a list, as OpenAI answers it. */
export interface ListPage<T> {
  object: 'list';
  data: T[];
  first_id: string | null;
  last_id: string | null;
  has_more: boolean;
}

/** What to cut out of a list. */
export interface PageOptions {
  /** The id of the last item of the page before. */
  after: string | undefined;
  limit: number;
  /** The error to throw if there is no item `after`. */
  unknownAfter: (id: string) => Error;
}

/** Cuts one page out of records that are in their final order, and shows each with `show`. */
export function listPage<R extends { id: string }, T>(
  records: readonly R[],
  { after, limit, unknownAfter }: PageOptions,
  show: (record: R) => T,
): ListPage<T> {
  const before = after === undefined ? -1 : records.findIndex((record) => record.id === after);
  if (after !== undefined && before === -1) throw unknownAfter(after);
  const page = records.slice(before + 1, before + 1 + limit);
  return {
    object: 'list',
    data: page.map(show),
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: before + 1 + limit < records.length,
  };
}
