import type { InputIssue } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { previewRequests, readPromptsHead } from '../../apps/web/src/create/build-requests.ts';
import { newDraft } from '../../apps/web/src/create/draft.ts';
import type { Draft } from '../../apps/web/src/create/draft.ts';
import { makeRequests } from '../../apps/web/src/create/make-requests.ts';
import { readTarget } from '../../apps/web/src/create/read-draft.ts';
import { scanInput } from '../../apps/web/src/create/scan-input.ts';
import { countOptions } from '../../apps/web/src/pages/create/count-options.ts';
import type { InputResult, InputState } from '../../apps/web/src/pages/create/create-input.ts';
import { hasContent, hasMuch } from '../../apps/web/src/pages/create/draft-size.ts';
import { canLeaveOut, findProblems } from '../../apps/web/src/pages/create/find-problems.ts';
import { insertText } from '../../apps/web/src/pages/create/insert-text.ts';
import { listIssues } from '../../apps/web/src/pages/create/list-issues.ts';
import { measureInput } from '../../apps/web/src/pages/create/measure-input.ts';
import { readMode, slotOf } from '../../apps/web/src/pages/create/modes.ts';
import { readPreview } from '../../apps/web/src/pages/create/read-preview.ts';
import { readSource } from '../../apps/web/src/pages/create/read-source.ts';
import { isSameSnapshot, takeSnapshot } from '../../apps/web/src/pages/create/take-snapshot.ts';
import { writeIssues } from '../../apps/web/src/pages/create/write-issues.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';

const noFiles = { csv: null, file: null };
const idle: InputState = { status: 'none', progress: null, result: null, failure: null };

function draftWith(changes: Partial<Draft>): Draft {
  return { ...newDraft(), ...changes };
}

async function resultOf(csv: string, changes: Partial<Draft> = {}): Promise<InputResult> {
  const read = readTarget(draftWith({ mode: 'csv', template: '{{a}}', ...changes }));
  if (!('target' in read)) throw new Error('This draft has no target.');
  const built = await makeRequests({ kind: 'csv', csv: new Blob([csv]) }, read.target);
  return { ...built, checked: built.requestCount > 0 ? await scanInput(built.blob) : null };
}

function keysOf(draft: Draft, input: InputState = idle, leavesOut = false): string[] {
  return findProblems({ draft, files: noFiles, input, leavesOut, nowMs: 0 }).map(({ key }) => key);
}

test('an address names a mode, and a file goes where it belongs', () => {
  expect(readMode('?mode=csv')).toBe('csv');
  expect([readMode('?mode=other'), readMode('')]).toEqual([null, null]);
  const file = (name: string, type = '') => slotOf({ name, type });
  expect([file('a.CSV'), file('a.tsv'), file('a', 'text/csv')]).toEqual(['csv', 'csv', 'csv']);
  expect([file('a.jsonl'), file('a.txt', 'text/plain')]).toEqual(['file', 'file']);
});

test('each mode says what is missing', () => {
  const missing = (['simple', 'csv', 'file', 'paste', 'file_id'] as const).map((mode) =>
    keysOf(draftWith({ mode })),
  );
  expect(missing).toEqual([['prompts_none'], ['csv_none'], ['file_none'], ['jsonl_none'], ['fileId_none']]);
  expect(keysOf(draftWith({ model: ' ', maxTokens: 'x', prompts: 'a' }))).toEqual([
    'model_none',
    'maxTokens_no_whole_number',
  ]);
  // What only prompts have says nothing of a file.
  expect(keysOf(draftWith({ mode: 'file_id', fileId: 'file-1', model: '', maxTokens: 'x' }))).toEqual([]);
  expect(keysOf(draftWith({ prompts: 'a', attempts: '0', budget: 'x' }))).toEqual([
    'attempts_out_of_range',
    'budget_no_number',
  ]);
});

test('rows with a problem are left out only when somebody says so, and only where the others can go', async () => {
  const draft = draftWith({ mode: 'csv' });
  const result = await resultOf('a,b\n1,2\n3\n');
  const input: InputState = { ...idle, status: 'done', result };
  const csv = new File(['x'], 'x.csv');
  const keys = (leavesOut: boolean) =>
    findProblems({ draft, files: { csv, file: null }, input, leavesOut, nowMs: 0 }).map(({ key }) => key);
  expect([keys(false), keys(true)]).toEqual([['rows_wrong'], []]);
  expect(canLeaveOut(await resultOf('a,b\n1,2\n'))).toBe(true);
  expect(canLeaveOut(await resultOf('a\n1\n"2'))).toBe(false);
  expect(canLeaveOut(await resultOf('a\n1\n', { template: '{{c}}' }))).toBe(false);
});

test('an input with issues, or one that was not checked, is not sent', async () => {
  const checked = await scanInput(new Blob(['nonsense']));
  const result = { blob: new Blob(), requestCount: 1, problems: [], problemCount: 0, checked };
  const draft = draftWith({ mode: 'paste', jsonl: 'nonsense' });
  expect(keysOf(draft, { ...idle, status: 'done', result })).toEqual(['lines_wrong']);
  expect(keysOf(draft, { ...idle, status: 'failed', failure: 'worker_failed' })).toEqual(['worker_failed']);
  expect(keysOf(draft, { ...idle, status: 'too_long' })).toEqual(['jsonl_too_long']);
  // While it is still being checked nothing is known against it.
  expect(keysOf(draft, { ...idle, status: 'checking', result })).toEqual([]);
});

test('a source is what the mode needs, and nothing while that is missing', () => {
  expect(readSource(draftWith({ prompts: ' \n' }), noFiles)).toBeNull();
  expect(readSource(draftWith({ prompts: 'a', maxTokens: '-1' }), noFiles)).toBeNull();
  expect(readSource(draftWith({ prompts: 'a' }), noFiles)).toMatchObject({
    kind: 'make',
    source: { text: 'a' },
  });
  expect(readSource(draftWith({ mode: 'paste', jsonl: 'x'.repeat(5_000_001) }), noFiles)).toEqual({
    kind: 'too_long',
  });
  const file = new File(['x'], 'x.jsonl');
  expect(readSource(draftWith({ mode: 'file' }), { csv: null, file })).toEqual({ kind: 'jsonl', blob: file });
  expect(readSource(draftWith({ mode: 'file_id', fileId: 'file-1' }), noFiles)).toBeNull();
});

test('the problems of rows come before those of requests, all of them counted', async () => {
  const describe = () => ({ row: 2, line: 3, field: null, text: 'wrong' });
  const say = ({ code }: InputIssue) => `said: ${code}`;
  const ofRows = listIssues(await resultOf('a,b\n1,2\n3\n'), describe, say);
  expect(ofRows).toMatchObject({
    count: 1,
    isOfRows: true,
    issues: [{ row: 2, message: 'wrong', hasCode: true }],
  });
  const checked = await scanInput(new Blob(['x\n'.repeat(1_200)]));
  const result = { blob: new Blob(), requestCount: 1_200, problems: [], problemCount: 0, checked };
  const ofLines = listIssues(result, describe, say);
  expect(ofLines).toMatchObject({ isOfRows: false, count: checked.summary.issue_count });
  expect(ofLines.issues).toHaveLength(1_000);
  expect(ofLines.issues[0]).toMatchObject({
    row: null,
    line: 1,
    message: 'said: invalid_json_line',
    hasCode: false,
  });
  expect(listIssues(null, describe, say)).toEqual({ issues: [], count: 0, isOfRows: false });
});

test('issues go to a spreadsheet as text', () => {
  const issue: InputIssue = { line: 3, custom_id: '=1+1', code: 'x', param: null, message: 'a, "b"' };
  expect(writeIssues([issue])).toBe(`line,custom_id,code,param,message\r\n3,'=1+1,x,,"a, ""b"""\r\n`);
});

test('an input is measured by what one batch takes', async () => {
  const chat = measureInput(await scanInput(new Blob([toJsonl(chatRequests(3))])));
  expect(chat).toMatchObject([
    { what: 'requests', value: 3, limit: 50_000 },
    { what: 'bytes', limit: 209_715_200 },
  ]);
  const body = { model: 'text-embedding-3-small', input: ['a', 'b'] };
  const embedding = { custom_id: 'a', method: 'POST', url: '/v1/embeddings', body };
  const measures = measureInput(await scanInput(new Blob([JSON.stringify(embedding)])));
  expect(measures[2]).toEqual({ what: 'embeddingInputs', value: 2, limit: 50_000 });
});

test('a preview shows the texts of a request at every endpoint', () => {
  const shown = (endpoint: Draft['endpoint']) => {
    const read = readTarget(draftWith({ endpoint, system: 'Be brief.' }));
    if (!('target' in read)) throw new Error('This draft has no target.');
    const [made] = previewRequests(readPromptsHead('Hello', 1), read.target).requests;
    return readPreview(made!.request);
  };
  const both = { system: 'Be brief.', prompt: 'Hello' };
  expect([shown('/v1/chat/completions'), shown('/v1/responses')]).toEqual([both, both]);
  const alone = { system: null, prompt: 'Hello' };
  expect((['/v1/embeddings', '/v1/completions', '/v1/moderations'] as const).map(shown)).toEqual([
    alone,
    alone,
    alone,
  ]);
});

test('a column is put where the cursor is, in place of what is selected', () => {
  expect(insertText('About  now', '{{city}}', { start: 6, end: 6 })).toEqual({
    text: 'About {{city}} now',
    cursor: 14,
  });
  expect(insertText('About it', '{{city}}', { start: 6, end: 8 })).toEqual({
    text: 'About {{city}}',
    cursor: 14,
  });
});

test('options are counted where they differ from what holds anyway', () => {
  expect(countOptions(newDraft())).toBe(0);
  const changes = {
    maxTokens: '5',
    attempts: '1',
    codes: '429',
    budget: '1',
    metadata: [{ key: 'a', value: '' }],
  };
  expect(countOptions(draftWith(changes))).toBe(4);
  expect(countOptions(draftWith({ ...changes, mode: 'file' }))).toBe(3);
});

test('starting over is offered when there is something, and asked about when it is much', () => {
  expect(hasContent(draftWith({ mode: 'paste' }), noFiles)).toBe(false);
  expect(hasContent(draftWith({ prompts: 'a' }), noFiles)).toBe(true);
  expect(hasMuch(draftWith({ prompts: 'a' }), noFiles)).toBe(false);
  expect(hasMuch(draftWith({ prompts: 'a'.repeat(201) }), noFiles)).toBe(true);
  expect(hasMuch(newDraft(), { csv: new File([''], 'a.csv'), file: null })).toBe(true);
});

test('a form is the same again until something is written or another file is chosen', () => {
  const file = new File(['{}'], 'input.jsonl');
  const form = { fields: draftWith({ mode: 'file' }), files: { csv: null, file } };
  const sent = takeSnapshot(form);
  expect(isSameSnapshot(sent, takeSnapshot({ ...form, fields: { ...form.fields } }))).toBe(true);
  const other = new File(['{}'], 'input.jsonl');
  for (const changed of [
    { ...form, files: { csv: null, file: other } },
    { ...form, files: { csv: null, file: null } },
    { ...form, files: { csv: other, file } },
    { ...form, fields: draftWith({ mode: 'file', name: 'Two' }) },
  ]) {
    expect(isSameSnapshot(sent, takeSnapshot(changed))).toBe(false);
  }
});
