import { expect, test } from 'vitest';
import { findLine, readLines } from '../../apps/web/src/create/read-lines.ts';
import { scanInput } from '../../apps/web/src/create/scan-input.ts';
import { file, form } from '../helpers/http.ts';
import { mixedRequests } from '../helpers/jobs.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';

const endpoint = '/v1/chat/completions';

async function inputHash(server: TestServer, bytes: string): Promise<string | null> {
  const body = form([
    ['endpoint', endpoint],
    ['file', file(bytes)],
  ]);
  const answer = await fetch(`${server.url}/api/jobs`, { method: 'POST', body });
  const { job } = (await answer.json()) as { job: { id: string } };
  return (await server.db.job.findUniqueOrThrow({ where: { id: job.id } })).input_sha256;
}

test('the fingerprint of an input is that of what the server keeps', async () => {
  await using server = await startTestServer();
  const jsonl = toJsonl(chatRequests(3));
  const inputs = {
    plain: jsonl,
    CRLF: jsonl.replaceAll('\n', '\r\n'),
    'byte order mark': `\uFEFF${jsonl}`,
    'blank lines': `\n \n${jsonl.replaceAll('\n', '\n\t\n\r\n')}`,
    'no last line break': jsonl.trimEnd(),
    'other characters': jsonl.replaceAll('Question', 'Gruß 🚀 Ünder'),
    'several models': toJsonl(mixedRequests(4, ['gpt-4o', 'gpt-4o-mini'])),
  };
  for (const [name, bytes] of Object.entries(inputs)) {
    const { sha256, summary } = await scanInput(new Blob([bytes]));
    expect([name, sha256, summary.issues]).toEqual([name, await inputHash(server, bytes), []]);
  }
});

test('a full file is checked, counted and planned', async () => {
  const blob = new Blob([toJsonl(chatRequests(50_000))]);
  const seen: number[] = [];
  const checked = await scanInput(blob, { onProgress: ({ bytes }) => seen.push(bytes) });
  expect(checked.summary).toMatchObject({
    request_count: 50_000,
    bytes: blob.size,
    issue_count: 0,
    endpoint,
  });
  expect(checked.batches.map(({ request_count }) => request_count)).toEqual([50_000]);
  expect(seen.at(-1)).toBe(blob.size);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('a job is of as many batches as its requests and models need', async () => {
  const requests = mixedRequests(50_003, ['gpt-4o-mini']);
  const others = mixedRequests(2, ['gpt-4o']).map((request, index) =>
    Object.assign(request, { custom_id: `other-${index}` }),
  );
  const { batches, summary } = await scanInput(new Blob([toJsonl([...requests, ...others])]));
  expect(batches.map(({ model, request_count }) => [model, request_count])).toEqual([
    ['gpt-4o-mini', 50_000],
    ['gpt-4o-mini', 3],
    ['gpt-4o', 2],
  ]);
  expect(summary.models).toHaveLength(2);
});

test('bad lines are told by their number, and found again', async () => {
  const lines = toJsonl(chatRequests(30_000)).trimEnd().split('\n');
  const long = `{"custom_id":"long","pad":"${'x'.repeat(60_000_000)}"}`;
  lines[2] = '{"custom_id": "broken",';
  lines[9] = '{"custom_id":"a\0"}';
  lines[19_999] = long;
  lines[29_999] = lines[29_998]!;
  const blob = new Blob([lines.join('\n')]);
  const { summary, sha256, lines: index } = await scanInput(blob);
  expect(summary.issues.map(({ line, code }) => [line, code])).toEqual([
    [3, 'invalid_json_line'],
    [10, 'invalid_json_line'],
    [20_000, 'line_too_large'],
    [30_000, 'duplicate_custom_id'],
  ]);
  expect(summary).toMatchObject({ request_count: 30_000, issue_count: 4 });
  expect(sha256).toBeNull();
  expect(await findLine(blob, index, { line: 3 })).toEqual({ line: 3, text: lines[2], isCut: false });
  expect(await findLine(blob, index, { line: 20_000 })).toEqual({
    line: 20_000,
    text: long.slice(0, 2_000),
    isCut: true,
  });
  expect(await readLines(blob, index, { fromLine: 29_999, count: 5 })).toEqual([
    { line: 29_999, text: lines[29_998], isCut: false },
    { line: 30_000, text: lines[29_999], isCut: false },
  ]);
  expect(await findLine(blob, index, { line: 30_001 })).toBeNull();
  // Only what is near it is read.
  expect(index.length).toBeGreaterThan(10);
  expect(index.at(-1)!.offset).toBeGreaterThan(60_000_000);
});

test('lines are shown without what does not belong to them', async () => {
  const blob = new Blob(['one\r\n', '\n', new Uint8Array([0xff, 0x41]), '\n', `${'ü'.repeat(3)}🚀x`]);
  const { lines: index } = await scanInput(blob);
  expect(await readLines(blob, index, { fromLine: 1, count: 9, maxCharacters: 4 })).toEqual([
    { line: 1, text: 'one', isCut: false },
    { line: 2, text: '', isCut: false },
    { line: 3, text: '�A', isCut: false },
    { line: 4, text: 'üüü', isCut: true },
  ]);
});

test('1,000 issues are kept, and all are counted', async () => {
  const { summary } = await scanInput(new Blob(['nonsense\n'.repeat(2_500)]));
  expect([summary.issues.length, summary.issue_count]).toEqual([1_000, 2_500]);
});

test('an empty input has an issue of the whole, and no batch', async () => {
  const { summary, batches } = await scanInput(new Blob(['\n\n']));
  expect(summary.issues).toMatchObject([{ code: 'empty_file', line: null }]);
  expect(batches).toEqual([]);
});
