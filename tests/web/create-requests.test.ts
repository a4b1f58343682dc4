import { createInputValidator } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { previewRequests, readPromptsHead } from '../../apps/web/src/create/build-requests.ts';
import { makeRequests } from '../../apps/web/src/create/make-requests.ts';
import { readCsv, readHead } from '../../apps/web/src/create/read-csv.ts';
import { countPrompts } from '../../apps/web/src/create/read-prompts.ts';
import type { TablePortion } from '../../apps/web/src/create/table.ts';
import type { RequestTarget } from '../../apps/web/src/create/write-request.ts';
import { parseLines } from '../helpers/requests.ts';

const plain: RequestTarget = {
  endpoint: '/v1/chat/completions',
  model: 'some-model',
  prompt: '{{prompt}}',
  system: '',
  customId: 'request-{{row}}',
  maxTokens: null,
};

const prompts = (text: string) => ({ kind: 'prompts', text }) as const;
const csv = (...parts: BlobPart[]) => ({ kind: 'csv', csv: new Blob(parts) }) as const;

async function made(...call: Parameters<typeof makeRequests>) {
  const { blob, ...rest } = await makeRequests(...call);
  return { ...rest, requests: parseLines(await blob.text()) };
}

async function table(...parts: BlobPart[]): Promise<TablePortion> {
  const whole: TablePortion = { columns: [], rows: [], problems: [], read: 0 };
  for await (const portion of readCsv(new Blob(parts))) {
    whole.columns = portion.columns.length > 0 ? portion.columns : whole.columns;
    whole.rows.push(...portion.rows);
    whole.problems.push(...portion.problems);
    whole.read = portion.read;
  }
  return whole;
}

const cellsOf = async (...parts: BlobPart[]) => (await table(...parts)).rows.map(({ cells }) => cells);

test('prompts are the lines that are not blank', async () => {
  const { requests, problems } = await made(prompts(' one \r\n\r\n\t\ntwo\n'), plain);
  expect(requests.map(({ custom_id, body }) => [custom_id, body.messages[0].content])).toEqual([
    ['request-1', 'one'],
    ['request-2', 'two'],
  ]);
  expect(problems).toEqual([]);
  expect([countPrompts(' one \r\n\r\n\t\ntwo\n'), countPrompts('')]).toEqual([2, 0]);
  expect((await made(prompts(' \n'), plain)).problems).toEqual([{ code: 'no_rows' }]);
});

test.each([
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/embeddings',
  '/v1/completions',
  '/v1/moderations',
] as const)('the requests made of prompts for %s are such that OpenAI takes them', async (endpoint) => {
  const target = { ...plain, endpoint, system: 'Be brief.', maxTokens: 5 };
  const { blob } = await makeRequests(prompts('one\ntwo'), target);
  const validator = createInputValidator();
  validator.feed(await blob.bytes());
  const models = [{ model: 'some-model', request_count: 2 }];
  expect(validator.finish({ endpoint })).toMatchObject({ request_count: 2, models, issues: [] });
  expect(await blob.text()).toContain('"two"');
});

test.each([
  [
    '/v1/chat/completions',
    {
      messages: [
        { role: 'system', content: 'Be x' },
        { role: 'user', content: 'x' },
      ],
      max_completion_tokens: 5,
    },
  ],
  ['/v1/responses', { input: 'x', instructions: 'Be x', max_output_tokens: 5 }],
  ['/v1/completions', { prompt: 'x', max_tokens: 5 }],
  ['/v1/embeddings', { input: 'x' }],
  ['/v1/moderations', { input: 'x' }],
] as const)('%s has its own fields', async (endpoint, body) => {
  const target = { ...plain, endpoint, system: 'Be {{prompt}}', maxTokens: 5 };
  const { requests } = await made(prompts('x'), target);
  expect(requests[0].body).toEqual({ model: 'some-model', ...body });
});

test('50,000 prompts become 50,000 requests', async () => {
  const text = Array.from({ length: 50_000 }, (_, index) => `Question ${index + 1}`).join('\n');
  const { requests, requestCount, problemCount } = await made(prompts(text), plain);
  expect([requests.length, requestCount, problemCount]).toEqual([50_000, 50_000, 0]);
  expect(requests[49_999]).toMatchObject({ custom_id: 'request-50000' });
});

test('rows of CSV are put into templates', async () => {
  const source = csv('id,product name,note\nA1,"Chair, red","He said ""no""\nand left"\nA2,{{id}},\n');
  const target = {
    ...plain,
    customId: '{{id}}',
    prompt: '{{ product name }}: {{note}}',
    system: 'For {{id}}',
  };
  const { requests, problems } = await made(source, target);
  expect(problems).toEqual([]);
  expect(
    requests.map(({ custom_id, body }) => [custom_id, body.messages.map(({ content }: any) => content)]),
  ).toEqual([
    ['A1', ['For A1', 'Chair, red: He said "no"\nand left']],
    ['A2', ['For A2', '{{id}}: ']],
  ]);
});

test('what is wrong with a row is told by its number and line, and the others are made', async () => {
  const source = csv('id,prompt\nA,one\nA,two\n\nB, \n,four\nC\nD,"x\ny",z\nE,"y\nz"\nE,last');
  const { requests, problems, problemCount } = await made(source, { ...plain, customId: '{{id}}' });
  expect(problems.toSorted((a, b) => ('row' in a && 'row' in b ? a.row - b.row : 0))).toEqual([
    { code: 'duplicate_custom_id', row: 2, line: 3, custom_id: 'A', firstRow: 1 },
    { code: 'empty_prompt', row: 3, line: 5 },
    { code: 'empty_custom_id', row: 4, line: 6 },
    { code: 'too_few_cells', row: 5, line: 7, cells: 1, columns: 2 },
    { code: 'too_many_cells', row: 6, line: 8, cells: 3, columns: 2 },
    { code: 'duplicate_custom_id', row: 8, line: 12, custom_id: 'E', firstRow: 7 },
  ]);
  expect(problemCount).toBe(6);
  expect(requests.map(({ custom_id }) => custom_id)).toEqual(['A', 'E']);
});

test('what is wrong with the target is told at once, with its place', async () => {
  const target = { ...plain, model: ' ', prompt: 'About {{subject}}', customId: '{{nr' };
  expect(await made(csv('id,prompt\n1,x\n'), target)).toMatchObject({
    requestCount: 0,
    problems: [
      { code: 'no_model' },
      { code: 'unknown_column', field: 'prompt', column: 'subject', start: 6, end: 17 },
      { code: 'unclosed_place', field: 'customId', start: 0, end: 2 },
    ],
  });
});

test.each([
  ['commas', 'a,b\n1,2\n'],
  ['semicolons', 'a;b\n1;2\n'],
  ['tabs', 'a\tb\n1\t2\n'],
  ['pipes', 'a|b\n1|2'],
  ['CRLF', 'a,b\r\n1,2\r\n'],
  ['CR', 'a,b\r1,2\r'],
  ['CRLF and LF', 'a,"b"\r\n\n1,"2"\r\n'],
  ['a byte order mark', '\uFEFFa,b\n1,2\n'],
  ['quotes and spaces', ' a ,"b"\n"1" ,"2"\n'],
  ['blank rows', '\n , \na,b\n,\n1,2\n\n ,\t\n'],
])('CSV with %s is read', async (_name, text) => {
  expect(await table(text)).toMatchObject({
    columns: ['a', 'b'],
    rows: [{ row: 1, cells: ['1', '2'] }],
    problems: [],
  });
});

test('a column of its own may have commas in quotes', async () => {
  expect(await cellsOf('prompt\n"one, two"\nthree\n')).toEqual([['one, two'], ['three']]);
});

test('cells are the same wherever the bytes are cut', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => [`ü${index}`, `"q" 🚀,\r\n${index}\n`, '']);
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const text = [['a', 'b', 'c'], ...rows].map((cells) => `${cells.map(quote).join(',')}\r\n`).join('');
  expect(await cellsOf(text)).toEqual(rows);
});

test('a cell may be longer than a portion', async () => {
  const long = `${'x'.repeat(999)}\n`.repeat(3_000);
  const { rows } = await table(`a,b\n"${long}",1\n2,3\n`);
  expect(rows.map(({ line, cells }) => [line, cells[0]!.length])).toEqual([
    [2, long.length],
    [3_003, 1],
  ]);
});

test('broken quotes are told, of a quote that is never closed without reading the file over and over', async () => {
  expect((await table('a,b\n1,"x"y"\n2,3\n')).problems).toContainEqual({
    code: 'bad_quotes',
    row: 1,
    line: 2,
  });
  const open = `a,b\n1,2\n3,"open\n${'4,5\n'.repeat(2_000_000)}`;
  expect((await table(open)).problems).toEqual([{ code: 'unclosed_quote', row: 2, line: 3 }]);
  const long = ['a\n1\n"', 'x'.repeat(60_000_000), '"\n2\n'];
  expect(await table(...long)).toMatchObject({
    rows: [{ row: 1 }],
    problems: [{ code: 'unclosed_quote', row: 2, line: 3 }],
  });
});

test('bytes that are no UTF-8 are told', async () => {
  const latin1 = new Uint8Array([0x61, 0x0a, 0xfc, 0x0a]);
  expect((await table(latin1)).problems).toContainEqual({ code: 'not_utf8', line: 1 });
  expect((await table('a\nx', new Uint8Array([0xf0, 0x9f]))).problems).toMatchObject([{ code: 'not_utf8' }]);
});

test('a file without rows or columns is told', async () => {
  expect((await table('')).problems).toEqual([{ code: 'no_columns' }]);
  expect((await table('\n\n')).problems).toEqual([{ code: 'no_columns' }]);
  expect(await table('a,b\n')).toMatchObject({ columns: ['a', 'b'], problems: [{ code: 'no_rows' }] });
});

test('1,000 problems are kept, and all are counted', async () => {
  const { problems, problemCount } = await made(csv(`prompt\n${'same\n'.repeat(2_500)}`), {
    ...plain,
    customId: 'x',
  });
  expect([problems.length, problemCount]).toEqual([1_000, 2_499]);
});

test('the first rows show what would be made', async () => {
  const head = await readHead(new Blob([`id,prompt\n1,one\n1,\n${'2,two\n'.repeat(100_000)}`]), 3);
  expect(head.rows).toHaveLength(3);
  const preview = previewRequests(head, { ...plain, customId: 'x-{{id}}' });
  expect(preview.requests.map(({ row, request }) => [row, request.custom_id])).toEqual([
    [1, 'x-1'],
    [3, 'x-2'],
  ]);
  expect(preview.problems).toEqual([{ code: 'empty_prompt', row: 2, line: 3 }]);
  expect(previewRequests(head, { ...plain, prompt: '{{x}}' })).toMatchObject({
    requests: [],
    problems: [{ field: 'prompt' }],
  });
  expect(readPromptsHead('a\nb\nc', 2).rows).toHaveLength(2);
});
