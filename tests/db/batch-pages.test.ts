import { listBatchesSchema } from '@batchdesk/shared';
import type { Batch, ListBatchesInput } from '@batchdesk/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filterBatches, newestFirst } from '../../apps/server/src/db/select-batches.ts';
import { ids, openHistory } from './open-history.ts';

let history: Awaited<ReturnType<typeof openHistory>>;
let all: Batch[];
const list: typeof history.list = (query, after) => history.list(query, after);

beforeAll(async () => {
  history = await openHistory(12_000);
  all = history.all;
});
afterAll(() => history[Symbol.asyncDispose]());

/** Every combination of the filters on what a batch is. */
const kinds = [undefined, 'completed' as const, 'expired' as const].flatMap((status) =>
  [undefined, '/v1/responses', '/v1/embeddings'].flatMap((endpoint) =>
    [undefined, 'gpt-4o', 'ft:gpt-4o-mini:acme::rare', 'none'].map((model): ListBatchesInput => {
      const filters = Object.entries({ status, endpoint, model });
      return Object.fromEntries(filters.filter(([, value]) => value !== undefined));
    }),
  ),
);

function matches(query: ListBatchesInput, batch: Batch): boolean {
  const { status, endpoint, model, created_after, created_before } = query;
  return (
    (status === undefined || batch.status === status) &&
    (endpoint === undefined || batch.endpoint === endpoint) &&
    (model === undefined || batch.model === model) &&
    (created_after === undefined || batch.created_at >= Number(created_after)) &&
    (created_before === undefined || batch.created_at < Number(created_before))
  );
}

describe.each([
  ['at any time', () => ({})],
  ['from a moment on', () => ({ created_after: all[5_000]!.created_at })],
  ['before a moment', () => ({ created_before: all[5_000]!.created_at })],
  ['in between', () => ({ created_after: all[9_000]!.created_at, created_before: all[3_000]!.created_at })],
])('%s', (_, dates) => {
  test.each(kinds)('%o: the first page, its total, and the page after', async (kind) => {
    const query = { ...kind, ...dates(), limit: 7 };
    const expected = all.filter((batch) => matches(query, batch));
    const first = await list(query);
    expect(first.data).toEqual(expected.slice(0, 7));
    expect(first.total).toBe(expected.length);
    expect(first.has_more).toBe(expected.length > 7);
    const middle = expected[Math.floor(expected.length / 2)];
    const second = await list(query, middle);
    expect(ids(second.data)).toEqual(
      ids(middle ? expected.slice(expected.indexOf(middle) + 1) : []).slice(0, 7),
    );
    expect(second.total).toBe(expected.length);
    expect(ids((await list({ ...query, offset: 5 })).data)).toEqual(ids(expected.slice(5, 12)));
  });

  test.each(kinds)('%o: no other batch is read, and nothing is sorted', async (kind) => {
    const query = listBatchesSchema.parse({ ...kind, ...dates() });
    const columns = Object.keys(kind);
    const index = `batches_${[...columns, 'created_at', 'id'].join('_')}_idx`;
    for (const after of [undefined, all[7_000]]) {
      const filtered = filterBatches(query, { after });
      const plan = await history.db.$queryRaw<{ detail: string }[]>`
        EXPLAIN QUERY PLAN SELECT * ${filtered} ${newestFirst({ limit: 20, offset: 0 })}`;
      expect(plan).toHaveLength(1);
      const { detail } = plan[0]!;
      expect(detail).toContain(`USING INDEX ${index}`);
      for (const column of columns) expect(detail).toContain(`${column}=?`);
      if (after) expect(detail).toContain('(created_at,id)<(?,?)');
      else if (query.created_before !== undefined) expect(detail).toContain('created_at<?');
      if (query.created_after !== undefined) expect(detail).toContain('created_at>?');
    }
  });
});

test('an after outside of the dates is no way around them', async () => {
  const dates = { created_after: all[9_000]!.created_at, created_before: all[3_000]!.created_at };
  expect((await list(dates, all[0])).data).toEqual((await list(dates)).data);
  expect((await list(dates, all.at(-1))).data).toEqual([]);
});

test('page after page shows each batch once, in order', async () => {
  const seen: string[] = [];
  let page = await list({ limit: 100 });
  for (; page.has_more; page = await list({ limit: 100 }, page.data.at(-1))) seen.push(...ids(page.data));
  seen.push(...ids(page.data));
  expect(seen).toEqual(ids(all));
});
