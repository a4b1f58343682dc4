import { expect, test } from 'vitest';

import {
  chatLine,
  chatLines,
  createBatch,
  line,
  rejection,
  runBatch,
  startProvider,
  waitForStatus,
} from './helpers.ts';

const good = JSON.stringify(chatLine('good'));

const cases: [name: string, bad: string, expected: object][] = [
  [
    'no JSON',
    '{"custom_id": ',
    { code: 'invalid_json_line', message: 'This line is not parseable as valid JSON.' },
  ],
  ['an array', '[1]', { code: 'invalid_json_line' }],
  ['no custom_id', bad({ custom_id: undefined }), { code: 'missing_required_parameter', param: 'custom_id' }],
  ['no method', bad({ method: undefined }), { code: 'missing_required_parameter', param: 'method' }],
  ['no url', bad({ url: undefined }), { code: 'missing_required_parameter', param: 'url' }],
  ['no body', bad({ body: undefined }), { code: 'missing_required_parameter', param: 'body' }],
  ['a number as custom_id', bad({ custom_id: 7 }), { code: 'invalid_type', param: 'custom_id' }],
  ['a text as body', bad({ body: 'x' }), { code: 'invalid_type', param: 'body' }],
  ['GET', bad({ method: 'GET' }), { code: 'invalid_method', param: 'method' }],
  ['another url', bad({ url: '/v1/embeddings' }), { code: 'invalid_url', param: 'url' }],
  ['a duplicate', good, { code: 'duplicate_custom_id', param: 'custom_id' }],
  [
    'another model',
    JSON.stringify(chatLine('b', { model: 'x' })),
    { code: 'mismatched_model', param: 'body.model' },
  ],
  [
    'a number as model',
    JSON.stringify(chatLine('b', { model: 3 })),
    { code: 'invalid_type', param: 'body.model' },
  ],
  [
    'streaming',
    JSON.stringify(chatLine('b', { stream: true })),
    { code: 'streaming_unsupported', param: 'body.stream' },
  ],
  [
    'no model',
    JSON.stringify(chatLine('b', { model: undefined })),
    { code: 'invalid_request', message: 'Model parameter is required.', param: 'body.model' },
  ],
  [
    'no messages',
    JSON.stringify(chatLine('b', { messages: undefined })),
    { code: 'invalid_request', message: 'Messages parameter is required.', param: 'body.messages' },
  ],
];

function bad(changes: object): string {
  return JSON.stringify({ ...chatLine('bad'), ...changes });
}

test.for(cases)('%s fails validation with the number of its line', async ([, text, expected]) => {
  await using server = await startProvider();
  const batch = await runBatch(server.client, `${good}\n\n${text}\n`);
  expect(batch.status).toBe('failed');
  expect(batch.failed_at).toBeTypeOf('number');
  expect(batch.request_counts).toEqual({ total: 0, completed: 0, failed: 0 });
  expect(batch.errors?.object).toBe('list');
  expect(batch.errors?.data).toEqual([expect.objectContaining({ line: 3, ...expected })]);
});

test('an unsupported model and an empty file fail validation', async () => {
  await using server = await startProvider();
  const unsupported = await runBatch(server.client, [chatLine('a', { model: 'unsupported-model' })]);
  expect(unsupported.errors?.data).toEqual([expect.objectContaining({ code: 'model_not_found', line: 1 })]);
  const empty = await runBatch(server.client, '\n \r\n');
  expect(empty.errors?.data).toEqual([expect.objectContaining({ code: 'empty_file', line: null })]);
});

test('blank lines, CRLF, a byte order mark and a missing last newline are accepted', async () => {
  await using server = await startProvider();
  const text = `\uFEFF${JSON.stringify(chatLine('a'))}\r\n\r\n${JSON.stringify(chatLine('b'))}`;
  expect(await runBatch(server.client, text)).toMatchObject({
    status: 'completed',
    request_counts: { total: 2 },
  });
});

test('hostile lines do no harm', async () => {
  await using server = await startProvider();
  const deep = `{"custom_id":"deep","method":"POST","url":"/v1/chat/completions","body":${'['.repeat(50_000)}`;
  const proto =
    '{"__proto__":{"custom_id":"x"},"custom_id":"__proto__","method":"POST","url":"/v1/chat/completions",' +
    '"body":{"__proto__":{"stream":true},"model":"m","messages":[{"role":"user","content":"hi"}]}}';
  const long = JSON.stringify(
    chatLine('long', { model: 'm', messages: [{ role: 'user', content: 'y'.repeat(5e6) }] }),
  );
  expect(await runBatch(server.client, `${proto}\n${long}\n`)).toMatchObject({ status: 'completed' });
  const failed = await runBatch(server.client, `${deep}\n${deep}${']'.repeat(50_000)}}\n`);
  expect(failed.errors?.data?.map(({ code }) => code)).toEqual(['invalid_json_line', 'invalid_type']);
});

test('a line of more than 50 MB is refused', async () => {
  await using server = await startProvider();
  const batch = await runBatch(server.client, `${good}\n"${'z'.repeat(52_428_800)}"\n{}\n`);
  expect(batch.errors?.data?.slice(0, 2)).toMatchObject([
    { code: 'invalid_request', line: 2, message: 'This line is longer than the 52428800 bytes maximum.' },
    { code: 'missing_required_parameter', line: 3 },
  ]);
});

test('at most 100 errors are kept', async () => {
  await using server = await startProvider();
  const batch = await runBatch(server.client, 'x\n'.repeat(500));
  expect(batch.errors?.data).toHaveLength(100);
  expect(batch.errors?.data?.at(-1)?.line).toBe(100);
});

test('more than 50,000 requests, and more than 50,000 embedding inputs, fail validation', async () => {
  await using server = await startProvider();
  const requests = await runBatch(server.client, '{}\n'.repeat(20) + `${good}\n`.repeat(3));
  expect(requests.errors?.data).not.toContainEqual(expect.objectContaining({ code: 'too_many_tasks' }));
  const tooMany = await runBatch(server.client, chatLines(50_001));
  expect(tooMany.errors?.data).toEqual([expect.objectContaining({ code: 'too_many_tasks', line: null })]);
  const body = { model: 'e', input: Array.from({ length: 2000 }, () => 'a'), dimensions: 1 };
  const inputs = Array.from({ length: 26 }, (_, index) => line(`r${index}`, '/v1/embeddings', body));
  const embeddings = await runBatch(server.client, inputs, { endpoint: '/v1/embeddings' });
  expect(embeddings.errors?.data).toEqual([expect.objectContaining({ code: 'too_many_tasks', line: 26 })]);
});

test('a batch beyond the enqueued tokens of its model fails until there is room again', async () => {
  await using server = await startProvider({
    enqueuedTokenLimit: 100,
    durations: { validatingMs: 0, inProgressMs: 60_000, finalizingMs: 0, cancellingMs: 0 },
  });
  const { client } = server;
  const first = await createBatch(client, chatLines(2));
  await waitForStatus(client, first.id, 'in_progress');
  const second = await runBatch(client, chatLines(1));
  expect(second).toMatchObject({
    status: 'failed',
    errors: { data: [{ code: 'token_limit_exceeded', line: null }] },
  });
  expect(second.errors?.data?.[0]?.message).toBe(
    'Enqueued token limit reached for gpt-test in organization org-local. Limit: 100 enqueued tokens. ' +
      'Please try again once some in_progress batches have been completed.',
  );
  const otherModel = await createBatch(client, [chatLine('a', { model: 'other' })]);
  await waitForStatus(client, otherModel.id, 'in_progress');
  await client.batches.cancel(first.id);
  await waitForStatus(client, first.id);
  const third = await createBatch(client, chatLines(1));
  await waitForStatus(client, third.id, 'in_progress');
});

test('a body that is not acceptable is refused at creation', async () => {
  await using server = await startProvider();
  const create = (body: object) => rejection(server.client.post('/batches', { body }));
  const batch = { input_file_id: 'file-none', endpoint: '/v1/responses', completion_window: '24h' };
  expect(await create({ ...batch, endpoint: undefined })).toMatchObject({
    status: 400,
    code: 'missing_required_parameter',
    param: 'endpoint',
  });
  expect(await create({ ...batch, input_file_id: 3 })).toMatchObject({
    code: 'invalid_type',
    param: 'input_file_id',
  });
  expect(await create({ ...batch, completion_window: '1h' })).toMatchObject({
    code: 'invalid_value',
    param: 'completion_window',
  });
  expect(await create({ ...batch, endpoint: '/v1/unknown' })).toMatchObject({
    code: 'invalid_value',
    message: expect.stringContaining('/v1/moderations'),
  });
  expect(await create({ ...batch, endpoint: '/v1/videos' })).toMatchObject({
    status: 400,
    message: expect.stringContaining('local provider cannot answer'),
  });
  expect(await create(batch)).toMatchObject({ status: 404, message: '404 No such File object: file-none' });
  const outputExpiry = { anchor: 'created_at', seconds: 60 };
  expect(await create({ ...batch, output_expires_after: outputExpiry })).toMatchObject({
    param: 'output_expires_after.seconds',
  });
});

test('metadata has limits', async () => {
  await using server = await startProvider();
  const create = (metadata: Record<string, string>) => createBatch(server.client, chatLines(1), { metadata });
  const pairs = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, 'v']));
  const largest = { ...pairs(15), ['k'.repeat(64)]: 'v'.repeat(512) };
  expect((await create(largest)).metadata).toEqual(largest);
  for (const metadata of [pairs(17), { ['k'.repeat(65)]: 'v' }, { k: 'v'.repeat(513) }]) {
    expect(await rejection(create(metadata))).toMatchObject({ status: 400, code: 'invalid_value' });
  }
  expect(await rejection(create({ k: 3 } as never))).toMatchObject({
    code: 'invalid_type',
    param: 'metadata.k',
  });
});
