import type { Batch, Metadata } from '@batchdesk/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ids, openHistory } from './open-history.ts';

let history: Awaited<ReturnType<typeof openHistory>>;
let all: Batch[];
const list: typeof history.list = (query, after) => history.list(query, after);

beforeAll(async () => {
  history = await openHistory(12_000);
  all = history.all;
  const own: Metadata[] = [
    { note: '100 % of a_b', path: String.raw`C:\data "new"`, lines: 'one\ntwo' },
    { batchdesk: 'mine' },
    { batchdesk: `sub_${'0'.repeat(32)} and more` },
  ];
  for (const [index, metadata] of own.entries()) {
    // Far down, so that several stretches are looked through.
    const batch = all[11_000 + index]!;
    await history.db.batch.update({ where: { id: batch.id }, data: { metadata: JSON.stringify(metadata) } });
    batch.metadata = metadata;
  }
});
afterAll(() => history[Symbol.asyncDispose]());

const visible = ({ metadata, ...batch }: Batch) =>
  [
    batch.id,
    batch.input_file_id,
    batch.output_file_id,
    batch.error_file_id,
    batch.endpoint,
    batch.model,
    ...Object.entries(metadata ?? {}).flat(),
  ].map((text) => (text ?? '').toLowerCase());
const having = (q: string) =>
  all.filter((batch) => visible(batch).some((text) => text.includes(q.toLowerCase())));

test.each([
  ['a word that nearly all have', 'NIGHTLY'],
  ['a word that a few have', 'été-43'],
  ['one batch, by a part of its name', 'nightly-777'],
  ['a model', 'acme::rare'],
  ['a percent sign', '0 %'],
  ['a percent sign that is no wildcard', 'nightly%1'],
  ['an underscore', 'a_b'],
  ['an underscore that is no wildcard', 'nightly_1'],
  ['a backslash', String.raw`C:\data`],
  ['a quotation mark', '"new"'],
  ['a line break', 'one\ntwo'],
  ['signs of JSON', '":"'],
  ['our mark', 'batchdesk'],
  ['the value of our mark', 'sub_'],
  ['more of our mark', ' sha256:'],
  ['what nobody wrote', 'no such thing'],
])('%s', async (_, q) => {
  const expected = having(q);
  const first = await list({ q, limit: 100 });
  expect(first.data).toEqual(expected.slice(0, 100));
  expect(first.has_more).toBe(expected.length > 100);
  // Over 10,000 batches are not looked through for a number only.
  expect(first.total).toBe(expected.length > 100 ? undefined : expected.length);
  const middle = expected[Math.floor(expected.length / 2)];
  const rest = middle ? expected.slice(expected.indexOf(middle) + 1) : [];
  expect(ids((await list({ q }, middle ?? all.at(-1))).data)).toEqual(ids(rest.slice(0, 20)));
  for (const offset of [3, 4_500, 9_700]) {
    expect(ids((await list({ q, offset })).data)).toEqual(ids(expected.slice(offset, offset + 20)));
  }
});

test('a text is counted among as many batches as a few milliseconds allow', async () => {
  const failed = having('nightly').filter(({ status }) => status === 'failed');
  const query = { q: 'nightly', status: 'failed' } as const;
  expect((await list(query)).total).toBe(failed.length);
  expect((await list(query, failed[40])).total).toBe(failed.length);
  const created_after = all[2_000]!.created_at;
  const recent = having('nightly').filter((batch) => batch.created_at >= created_after);
  expect((await list({ q: 'nightly', created_after })).total).toBe(recent.length);
});

test('a long search lets others have their turn', async () => {
  let turns = 0;
  let isDone = false;
  const countTurns = () => {
    turns += 1;
    if (!isDone) setImmediate(countTurns);
  };
  setImmediate(countTurns);
  await list({ q: 'no such thing' });
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(5);
});
