import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRestClient, createTrpcClient } from '../api/transports.ts';
import { chatAnswer, download, resultLine, runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';

const expired = (custom_id: string) =>
  JSON.stringify({ id: 'r', custom_id, response: null, error: { code: 'batch_expired', message: 'Late.' } });

describe.each([
  ['REST', createRestClient],
  ['tRPC', createTrpcClient],
])('over %s', (_name, connect) => {
  test('each kind of line that is no good is told, and the others count', async () => {
    await using server = await startTestServer();
    const first = resultLine('request-5', chatAnswer('first'));
    const second = resultLine('request-5', { error: { code: 'later' } }, 500);
    server.local.faults.add(
      { kind: 'row_text', customId: 'request-1', text: '{"custom_id":"request-1",' },
      { kind: 'row_text', customId: 'request-2', text: '["request-2"]' },
      { kind: 'row_text', customId: 'request-3', text: resultLine(undefined, {}) },
      { kind: 'row_text', customId: 'request-4', text: resultLine('stranger', {}) },
      { kind: 'row_text', customId: 'request-5', text: `${first}\n${second}` },
      {
        kind: 'row_text',
        customId: 'request-6',
        file: 'error',
        text: `${expired('request-6')}\n${expired('request-7')}`,
      },
      { kind: 'row_status_zero', customId: 'request-8' },
      { kind: 'row_text', customId: 'request-9', text: '\r\n' },
      { kind: 'row_text', customId: 'request-10', text: '{"custom_id":10}' },
    );
    const id = await runToEnd(server, 11);
    const api = connect(server.url);
    const { issues, issue_count } = await api.get(id);
    expect(issue_count).toBe(8);
    expect(
      issues!.map(({ code, result_type, custom_id }) => `${code} ${result_type} ${custom_id}`).toSorted(),
    ).toEqual([
      'duplicate_custom_id error request-7',
      'duplicate_custom_id output request-5',
      'invalid_json_line output null',
      'missing_custom_id output null',
      'missing_custom_id output null',
      'missing_custom_id output null',
      'unknown_custom_id output stranger',
      'zero_status_code output request-8',
    ]);
    for (const { message } of issues!) expect(message).toMatch(/^[A-Z].*\.$/);
    const files = {
      output: (await download(server, id, 'type=output')).split('\n'),
      error: (await download(server, id, 'type=error')).split('\n'),
    };
    for (const { code, result_type, line } of issues!) {
      if (code === 'invalid_json_line')
        expect(files[result_type][line - 1]).toBe('{"custom_id":"request-1",');
      if (code === 'unknown_custom_id') expect(files[result_type][line - 1]).toContain('stranger');
      if (code === 'duplicate_custom_id') expect(files[result_type][line - 1]).toMatch(/later|request-7/);
    }
    const { data } = await api.requests(id);
    expect(data.map(({ outcome }) => outcome)).toEqual([
      'missing',
      'missing',
      'missing',
      'missing',
      'succeeded',
      'expired',
      'succeeded',
      'failed',
      'missing',
      'missing',
      'succeeded',
    ]);
    expect(data[4]).toMatchObject({ status_code: 200, error_code: null });
    expect(data[7]).toMatchObject({ status_code: 0 });
  });
});

test('at most 1,000 issues are kept, and all are counted', async () => {
  await using server = await startTestServer();
  server.local.faults.add({ kind: 'row_text', customId: 'request-1', text: 'x\n'.repeat(1_499) + 'x' });
  const id = await runToEnd(server, 2);
  const view = await createRestClient(server.url).get(id);
  expect([view.issues!.length, view.issue_count]).toEqual([1_000, 1_500]);
  expect(view.issues!.map(({ line }) => line)).toEqual(
    view.issues!.map((_, index) => view.issues![0]!.line + index),
  );
});

test('results without anything wrong have no issues', async () => {
  await using server = await startTestServer();
  const view = await createRestClient(server.url).get(await runToEnd(server, 2));
  expect(view).not.toHaveProperty('issues');
  expect(view).not.toHaveProperty('issue_count');
});

test('collected again, everything is as it was', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    {
      kind: 'row_text',
      customId: 'request-1',
      text: `no JSON\n${resultLine('request-2', chatAnswer('early'))}`,
    },
    { kind: 'row_missing', customId: 'request-3' },
  );
  const id = await runToEnd(server, 4);
  const state = async () => ({
    rows: await server.db.request.findMany({ orderBy: { line: 'asc' } }),
    issues: (await createRestClient(server.url).get(id)).issues,
    files: await server.db.batchFile.findMany({ orderBy: { id: 'asc' } }),
    disk: await readFile(join(server.folder, `data/results/${id}_output.jsonl`), 'utf8'),
  });
  const before = await state();
  expect(before.issues).toHaveLength(2);
  await server.db.batch.update({ where: { id }, data: { collected_at: null } });
  await server.restart();
  expect((await download(server, id, 'type=merged')).trim().split('\n')).toHaveLength(4);
  const { collected_at } = await server.db.batch.findUniqueOrThrow({ where: { id } });
  expect(collected_at).not.toBeNull();
  expect(await state()).toEqual(before);
});
