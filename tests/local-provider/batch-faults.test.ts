import { expect, test } from 'vitest';

import {
  atOnce,
  chatLine,
  chatLines,
  createBatch,
  readResults,
  runBatch,
  startProvider,
  waitFor,
  waitForStatus,
} from './helpers.ts';

test('single requests fail, expire, vanish, or come back with status 0', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.add(
    { kind: 'row_fail', customId: 'r1', statusCode: 429, code: 'rate_limit_exceeded', message: 'Too fast.' },
    { kind: 'row_fail', customId: 'order-*-x' },
    { kind: 'row_expire', customId: 'r2' },
    { kind: 'row_missing', customId: 'r3' },
    { kind: 'row_status_zero', customId: 'r4' },
  );
  const batch = await runBatch(client, [...chatLines(6), chatLine('order-1-x'), chatLine('order-1-y')]);
  expect(batch.request_counts).toEqual({ total: 8, completed: 4, failed: 3 });
  const byId = (lines: Awaited<ReturnType<typeof readResults>>) =>
    Object.fromEntries(lines.map((line) => [line.custom_id, line]));
  const output = byId(await readResults(client, batch.output_file_id));
  const errors = byId(await readResults(client, batch.error_file_id));
  expect(Object.keys(output).toSorted()).toEqual(['order-1-y', 'r0', 'r4', 'r5']);
  expect(Object.keys(errors).toSorted()).toEqual(['order-1-x', 'r1', 'r2']);
  expect(output.r4).toMatchObject({ response: { status_code: 0 }, error: null });
  expect(errors.r1).toMatchObject({
    error: null,
    response: { status_code: 429, body: { error: { code: 'rate_limit_exceeded', message: 'Too fast.' } } },
  });
  expect(errors['order-1-x']).toMatchObject({
    response: { status_code: 500, body: { error: { type: 'server_error' } } },
  });
  expect(errors.r2).toMatchObject({ response: null, error: { code: 'batch_expired' } });
});

test('lines are replaced by any text, in either file', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.add(
    { kind: 'row_text', customId: 'r0', text: 'no JSON\n{"custom_id":"r1"}' },
    { kind: 'row_text', customId: 'r1', file: 'error', text: '[]' },
  );
  const batch = await runBatch(client, chatLines(2));
  expect(batch.request_counts).toEqual({ total: 2, completed: 1, failed: 1 });
  const text = async (id: string) => (await client.files.content(id)).text();
  expect(await text(batch.output_file_id!)).toBe('no JSON\n{"custom_id":"r1"}\n');
  expect(await text(batch.error_file_id!)).toBe('[]\n');
});

test('a row fault with times strikes that many batches', async () => {
  await using server = await startProvider();
  server.faults.add({ kind: 'row_fail', customId: '*', times: 1 });
  expect((await runBatch(server.client, chatLines(2))).request_counts?.failed).toBe(2);
  expect((await runBatch(server.client, chatLines(2))).request_counts?.failed).toBe(0);
});

test('a batch fails for its tokens', async () => {
  await using server = await startProvider();
  server.faults.add({ kind: 'batch_token_limit_exceeded' });
  const failed = await runBatch(server.client, chatLines(2));
  expect(failed).toMatchObject({ status: 'failed', errors: { data: [{ code: 'token_limit_exceeded' }] } });
  expect(failed.errors?.data?.[0]?.message).toMatch(/Limit: 90000 enqueued tokens/);
  expect(await runBatch(server.client, chatLines(2))).toMatchObject({ status: 'completed' });
});

test('a batch fails with the errors that were scripted', async () => {
  await using server = await startProvider();
  const errors = [
    { code: 'some_new_code', message: 'Something nobody has seen yet.' },
    { code: 'invalid_url', message: 'Not this one.', param: 'url', line: 2 },
  ];
  server.faults.add({ kind: 'batch_failed', errors });
  const failed = await runBatch(server.client, chatLines(2));
  expect(failed).toMatchObject({ status: 'failed', output_file_id: null, error_file_id: null });
  expect(failed.errors?.data).toEqual([{ ...errors[0], param: null, line: null }, errors[1]]);
  expect(await runBatch(server.client, chatLines(2))).toMatchObject({ status: 'completed' });
});

test('file ids are null, empty, or late', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.add({ kind: 'batch_null_file_ids' });
  expect(await runBatch(client, chatLines(1))).toMatchObject({ output_file_id: null, error_file_id: null });
  faults.add({ kind: 'batch_empty_file_ids' });
  expect(await runBatch(client, chatLines(1))).toMatchObject({ output_file_id: '', error_file_id: '' });
  faults.add({ kind: 'batch_empty_file_ids', which: 'absent' });
  const absent = await runBatch(client, chatLines(1));
  expect(absent).toMatchObject({ output_file_id: expect.stringMatching(/^file-/), error_file_id: '' });
  faults.add({ kind: 'batch_late_file_ids', delayMs: 1000 });
  const late = await runBatch(client, chatLines(1));
  expect(late).toMatchObject({ status: 'completed', output_file_id: null });
  const { output_file_id } = await waitFor(
    () => client.batches.retrieve(late.id),
    (batch) => batch.output_file_id !== null,
  );
  expect(await readResults(client, output_file_id)).toHaveLength(1);
});

test('request counts are wrong', async () => {
  await using server = await startProvider();
  server.faults.add({ kind: 'batch_request_counts', counts: { completed: 1 }, skip: 1 });
  expect((await runBatch(server.client, chatLines(3))).request_counts).toEqual({
    total: 3,
    completed: 3,
    failed: 0,
  });
  expect((await runBatch(server.client, chatLines(3))).request_counts).toEqual({
    total: 3,
    completed: 1,
    failed: 0,
  });
});

test('answers say what tokens they took, and the usage of the batch is their sum', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.add(
    { kind: 'row_usage', customId: 'r0', inputTokens: 900, cachedTokens: 400, outputTokens: 70 },
    { kind: 'row_usage', customId: 'r1', outputTokens: 50, reasoningTokens: 20 },
  );
  const batch = await runBatch(client, chatLines(3));
  const lines = await readResults(client, batch.output_file_id);
  const usages = new Map(lines.map(({ custom_id, response }) => [custom_id, response!.body.usage]));
  expect(usages.get('r0')).toEqual({
    prompt_tokens: 900,
    prompt_tokens_details: { cached_tokens: 400 },
    completion_tokens: 70,
    completion_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 970,
  });
  expect(usages.get('r1')).toMatchObject({
    completion_tokens: 50,
    completion_tokens_details: { reasoning_tokens: 20 },
  });
  const sum = (name: string) => [...usages.values()].reduce((total, usage) => total + usage[name], 0);
  expect(batch.usage).toEqual({
    input_tokens: sum('prompt_tokens'),
    input_tokens_details: { cached_tokens: 400 },
    output_tokens: sum('completion_tokens'),
    output_tokens_details: { reasoning_tokens: 20 },
    total_tokens: sum('total_tokens'),
  });
});

test('the usage of a batch is not told, said to be 0, or late', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.add({ kind: 'batch_usage' });
  expect(await runBatch(client, chatLines(1))).not.toHaveProperty('usage');
  faults.add({ kind: 'batch_usage', usage: 'zero' });
  expect((await runBatch(client, chatLines(1))).usage).toMatchObject({ input_tokens: 0, total_tokens: 0 });
  faults.add({ kind: 'batch_usage', delayMs: 1_000 });
  const late = await runBatch(client, chatLines(1));
  expect([late.status, late.usage]).toEqual(['completed', undefined]);
  const { usage } = await waitFor(
    () => client.batches.retrieve(late.id),
    (batch) => batch.usage !== undefined,
  );
  expect(usage!.total_tokens).toBeGreaterThan(0);
});

test.for(['validating', 'in_progress', 'finalizing', 'cancelling'] as const)(
  'a batch is stuck in %s until it is released',
  async (status) => {
    await using server = await startProvider({ durations: atOnce });
    const { client, faults } = server;
    faults.add({ kind: 'batch_stuck', status });
    // Held before as well, so that it is not over before it is cancelled.
    if (status === 'cancelling') faults.add({ kind: 'batch_stuck', status: 'in_progress' });
    const { id } = await createBatch(client, chatLines(3));
    if (status === 'cancelling') await client.batches.cancel(id);
    await waitForStatus(client, id, status);
    const other = await runBatch(client, chatLines(1));
    expect(other.status).toBe('completed');
    expect((await client.batches.retrieve(id)).status).toBe(status);
    faults.release(id);
    expect((await waitForStatus(client, id)).status).toBe(
      status === 'cancelling' ? 'cancelled' : 'completed',
    );
  },
);
