import { expect, test } from 'vitest';

import {
  atOnce,
  chatLine,
  chatLines,
  createBatch,
  readResults,
  rejection,
  runBatch,
  startProvider,
  upload,
  waitFor,
  waitForStatus,
} from './helpers.ts';

const never = 600_000;

test('a batch goes through its statuses to completed', async () => {
  const durations = { validatingMs: 60, inProgressMs: 300, finalizingMs: 60 };
  await using server = await startProvider({ durations });
  const { client } = server;
  const created = await createBatch(client, chatLines(40), { metadata: { purpose: 'test' } });
  expect(created).toMatchObject({
    object: 'batch',
    status: 'validating',
    completion_window: '24h',
    endpoint: '/v1/chat/completions',
    metadata: { purpose: 'test' },
    request_counts: { total: 0, completed: 0, failed: 0 },
    errors: null,
    output_file_id: null,
  });
  expect(created.expires_at).toBe(created.created_at + 24 * 3600);
  const seen = [created];
  await waitFor(
    async () => seen[seen.push(await client.batches.retrieve(created.id)) - 1],
    (batch) => batch?.status === 'completed',
  );
  const statuses = [...new Set(seen.map(({ status }) => status))];
  expect(statuses).toEqual(['validating', 'in_progress', 'finalizing', 'completed']);
  const progress = seen
    .filter(({ status }) => status === 'in_progress')
    .map((batch) => batch.request_counts!);
  expect(progress.every(({ total }) => total === 40)).toBe(true);
  expect(progress.map(({ completed }) => completed)).toEqual(
    progress.map(({ completed }) => completed).toSorted((a, b) => a - b),
  );
  expect(progress.some(({ completed }) => completed > 0 && completed < 40)).toBe(true);
  const batch = seen.at(-1)!;
  expect(batch).toMatchObject({ model: 'gpt-test', request_counts: { total: 40, completed: 40, failed: 0 } });
  expect(batch.error_file_id).toBeNull();
  for (const time of [batch.in_progress_at, batch.finalizing_at, batch.completed_at])
    expect(time).toBeTypeOf('number');
});

test('output and error file together answer every request once, in another order, and usage is their sum', async () => {
  await using server = await startProvider();
  const { client } = server;
  const wrong = { messages: [] };
  const input = [...chatLines(700), chatLine('bad1', wrong), chatLine('bad2', { n: 0 })];
  const batch = await runBatch(client, input);
  expect(batch).toMatchObject({
    status: 'completed',
    request_counts: { total: 702, completed: 700, failed: 2 },
  });
  const output = await readResults(client, batch.output_file_id);
  const errors = await readResults(client, batch.error_file_id);
  const ids = [...output, ...errors].map(({ custom_id }) => custom_id);
  expect(ids.toSorted()).toEqual(input.map(({ custom_id }) => custom_id).toSorted());
  expect(output.map(({ custom_id }) => custom_id)).not.toEqual(
    chatLines(700).map(({ custom_id }) => custom_id),
  );
  expect(new Set(output.map(({ id }) => id)).size).toBe(700);
  for (const { id, response, error, custom_id } of output) {
    expect(id).toMatch(/^batch_req_/);
    expect(error).toBeNull();
    expect(response).toMatchObject({ status_code: 200, request_id: expect.any(String) });
    expect(response?.body.choices[0].message.content).toBe(
      `[local provider: no model was called] Hello from ${custom_id}`,
    );
  }
  for (const { response, error } of errors) {
    expect(error).toBeNull();
    expect(response).toMatchObject({ status_code: 400, body: { error: { type: 'invalid_request_error' } } });
  }
  const sum = (key: string) => output.reduce((total, { response }) => total + response?.body.usage[key], 0);
  expect(batch.usage).toMatchObject({
    input_tokens: sum('prompt_tokens'),
    output_tokens: sum('completion_tokens'),
    total_tokens: sum('total_tokens'),
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  });
});

test('two requests never come back in the order of the input', async () => {
  await using server = await startProvider();
  for (let round = 0; round < 8; round++) {
    const { output_file_id } = await runBatch(server.client, chatLines(2));
    const ids = (await readResults(server.client, output_file_id)).map(({ custom_id }) => custom_id);
    expect(ids).toEqual(['r1', 'r0']);
  }
});

test('the result files have their names, purpose and expiry', async () => {
  await using server = await startProvider();
  const { client } = server;
  const expiry = { anchor: 'created_at' as const, seconds: 7200 };
  const batch = await runBatch(client, [chatLine('a'), chatLine('b', { n: 0 })], {
    output_expires_after: expiry,
  });
  const output = await client.files.retrieve(batch.output_file_id!);
  const errors = await client.files.retrieve(batch.error_file_id!);
  expect(output).toMatchObject({ purpose: 'batch_output', filename: `${batch.id}_output.jsonl` });
  expect(errors).toMatchObject({ purpose: 'batch_output', filename: `${batch.id}_error.jsonl` });
  for (const file of [output, errors]) expect(file.expires_at).toBe(file.created_at + 7200);
  const useOutput = {
    input_file_id: output.id,
    endpoint: '/v1/responses',
    completion_window: '24h',
  } as const;
  expect(await rejection(client.batches.create(useOutput))).toMatchObject({
    status: 400,
    param: 'input_file_id',
  });
});

test('there is no output file when nothing succeeded', async () => {
  await using server = await startProvider();
  const batch = await runBatch(server.client, [chatLine('a', { n: 0 })]);
  expect(batch).toMatchObject({
    status: 'completed',
    output_file_id: null,
    request_counts: { completed: 0, failed: 1 },
  });
  expect(await readResults(server.client, batch.error_file_id)).toHaveLength(1);
});

test('a batch cancelled in the middle keeps what was done', async () => {
  await using server = await startProvider({
    durations: { ...atOnce, inProgressMs: 1000, cancellingMs: 30 },
  });
  const { client } = server;
  const { id } = await createBatch(client, chatLines(200));
  await waitFor(
    () => client.batches.retrieve(id),
    ({ request_counts }) => request_counts!.completed > 20,
  );
  const cancelling = await client.batches.cancel(id);
  expect(cancelling).toMatchObject({ status: 'cancelling', cancelling_at: expect.any(Number) });
  const batch = await waitForStatus(client, id);
  expect(batch).toMatchObject({ status: 'cancelled', cancelled_at: expect.any(Number) });
  const output = await readResults(client, batch.output_file_id);
  const errors = await readResults(client, batch.error_file_id);
  expect(output.length).toBe(batch.request_counts!.completed);
  expect(output.length).toBeGreaterThan(20);
  expect(new Set([...output, ...errors].map(({ custom_id }) => custom_id)).size).toBe(200);
  expect(output.length + errors.length).toBe(200);
  for (const line of errors)
    expect(line).toMatchObject({ response: null, error: { code: 'batch_cancelled' } });
  expect(await rejection(client.batches.cancel(id))).toMatchObject({
    status: 409,
    message: "409 Cannot cancel a batch with status 'cancelled'.",
  });
});

test('a batch can be cancelled while it is validating and while it is finalizing', async () => {
  await using server = await startProvider({ durations: { ...atOnce, validatingMs: never } });
  const { client } = server;
  const early = await createBatch(client, chatLines(3));
  await client.batches.cancel(early.id);
  const cancelled = await waitForStatus(client, early.id);
  expect(cancelled).toMatchObject({ status: 'cancelled', output_file_id: null });
  expect(await readResults(client, cancelled.error_file_id)).toHaveLength(3);

  await using other = await startProvider({ durations: { ...atOnce, finalizingMs: never } });
  const late = await createBatch(other.client, chatLines(3));
  await waitForStatus(other.client, late.id, 'finalizing');
  await other.client.batches.cancel(late.id);
  const ended = await waitForStatus(other.client, late.id);
  expect(ended).toMatchObject({ status: 'cancelled', error_file_id: null });
  expect(await readResults(other.client, ended.output_file_id)).toHaveLength(3);
});

test('a batch that outlives its completion window expires with what is done', async () => {
  await using server = await startProvider({
    completionWindowMs: 400,
    durations: { ...atOnce, inProgressMs: 1000 },
  });
  const { client } = server;
  const { id } = await createBatch(client, chatLines(100));
  const batch = await waitForStatus(client, id);
  expect(batch).toMatchObject({ status: 'expired', expired_at: expect.any(Number), completed_at: null });
  const output = await readResults(client, batch.output_file_id);
  const errors = await readResults(client, batch.error_file_id);
  expect(output.length).toBeGreaterThan(0);
  expect(output.length + errors.length).toBe(100);
  expect(batch.request_counts).toEqual({ total: 100, completed: output.length, failed: 0 });
  for (const line of errors) {
    const message = 'This request could not be executed before the completion window expired.';
    expect(line).toMatchObject({ response: null, error: { code: 'batch_expired', message } });
  }
});

test('batches are listed in pages, newest first', async () => {
  await using server = await startProvider();
  const { client } = server;
  const file = await upload(client, chatLines(1));
  const ids: string[] = [];
  for (let count = 0; count < 23; count++) {
    const body = {
      input_file_id: file.id,
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    } as const;
    ids.unshift((await client.batches.create(body)).id);
  }
  // Not through the SDK's page, which keeps no more than it needs.
  const first = await client.get<{ data: { id: string }[] }>('/batches');
  expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 20));
  expect(first).toMatchObject({ has_more: true, first_id: ids[0], last_id: ids[19], object: 'list' });
  const listed: string[] = [];
  for await (const { id } of client.batches.list({ limit: 4 })) listed.push(id);
  expect(listed).toEqual(ids);
  expect(await rejection(client.batches.list({ limit: 101 }))).toMatchObject({ status: 400, param: 'limit' });
  expect(await rejection(client.batches.list({ after: 'batch_none' }))).toMatchObject({ status: 404 });
  expect(await rejection(client.batches.retrieve('batch_none'))).toMatchObject({
    status: 404,
    message: "404 No batch found with id 'batch_none'.",
  });
});
