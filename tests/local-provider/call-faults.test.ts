import { request } from 'node:http';
import OpenAI from 'openai';
import { expect, test } from 'vitest';

import { chatLines, createBatch, rejection, startProvider, upload, waitFor } from './helpers.ts';

test('calls are answered with scripted errors, then as usual', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  const list = () => client.batches.list();
  faults.add({ kind: 'rate_limit', on: 'batches.list', retryAfterSeconds: 7, skip: 1, times: 2 });
  await list();
  const error = await rejection(list());
  expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
  expect(error.headers?.get('retry-after')).toBe('7');
  await client.files.list();
  expect(await rejection(list())).toMatchObject({ status: 429 });
  await list();

  for (const status of [500, 502, 503] as const) {
    faults.add({ kind: 'server_error', on: '*', status });
    expect(await rejection(client.files.list())).toMatchObject({ status, type: 'server_error' });
  }
  faults.add({ kind: 'unauthorized', on: '*' }, { kind: 'insufficient_quota', on: '*' });
  expect(await rejection(list())).toMatchObject({ status: 401, code: 'invalid_api_key' });
  expect(await rejection(list())).toMatchObject({
    status: 429,
    code: 'insufficient_quota',
    type: 'insufficient_quota',
  });
  await list();
  expect(faults.list()).toEqual([]);
});

test('a connection is cut before or after the work, and the SDK retries can be counted', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  const file = await upload(client, chatLines(1));
  const create = (metadata: Record<string, string>, maxRetries = 0) =>
    client.batches.create(
      { input_file_id: file.id, endpoint: '/v1/chat/completions', completion_window: '24h', metadata },
      { maxRetries },
    );
  const stored = async () => (await client.batches.list()).data.map(({ metadata }) => metadata?.n);

  faults.add({ kind: 'reset_before', on: 'batches.create' });
  await expect(create({ n: 'before' })).rejects.toThrow(OpenAI.APIConnectionError);
  expect(await stored()).toEqual([]);

  faults.add({ kind: 'reset_after', on: 'batches.create' });
  await expect(create({ n: 'after' })).rejects.toThrow(OpenAI.APIConnectionError);
  expect(await stored()).toEqual(['after']);

  faults.add({ kind: 'reset_after', on: 'batches.create' });
  await create({ n: 'retried' }, 1);
  expect(await stored()).toEqual(['retried', 'retried', 'after']);
  const sent = faults.calls().filter(({ operation }) => operation === 'batches.create');
  expect(sent.map(({ metadata, fault }) => [metadata?.n, fault])).toEqual([
    ['before', 'reset_before'],
    ['after', 'reset_after'],
    ['retried', 'reset_after'],
    ['retried', undefined],
  ]);
  expect(sent.every(({ atMs, requestId }) => atMs <= Date.now() && requestId.startsWith('req_'))).toBe(true);
  faults.clear();
  expect(faults.calls()).toEqual([]);
});

test('uploads and downloads are cut too', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.add({ kind: 'reset_before', on: 'files.create' }, { kind: 'reset_after', on: 'files.create' });
  await expect(upload(client, chatLines(2000))).rejects.toThrow(OpenAI.APIConnectionError);
  await expect(upload(client, 'second')).rejects.toThrow(OpenAI.APIConnectionError);
  const { data } = await client.files.list();
  expect(data.map(({ bytes }) => bytes)).toEqual([6]);

  const id = data[0]!.id;
  for (const bytes of [0, 4]) {
    faults.add({ kind: 'truncate', bytes });
    const content = await client.files.content(id);
    expect(content.headers.get('content-length')).toBe('6');
    const received: Buffer[] = [];
    const read = async () => {
      for await (const chunk of content.body!) received.push(Buffer.from(chunk));
    };
    await expect(read()).rejects.toThrow(TypeError);
    expect(Buffer.concat(received).toString()).toBe('second'.slice(0, bytes));
  }
  faults.add({ kind: 'reset_after', on: 'files.content' });
  await expect(client.files.content(id)).rejects.toThrow(OpenAI.APIConnectionError);
  expect(await (await client.files.content(id)).text()).toBe('second');
});

test('an answer is slow', async () => {
  await using server = await startProvider();
  server.faults.add({ kind: 'slow', on: 'files.list', delayMs: 150 });
  const startedAt = performance.now();
  await server.client.files.list();
  expect(performance.now() - startedAt).toBeGreaterThan(140);
  server.faults.add({ kind: 'slow', on: 'files.list', delayMs: 60_000 });
  await expect(server.client.files.list({}, { timeout: 50 })).rejects.toThrow(
    OpenAI.APIConnectionTimeoutError,
  );
});

test('a file just uploaded is not visible for some calls, or for some time', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.add({ kind: 'not_visible', calls: 2 }, { kind: 'not_visible', delayMs: 1000 });
  const byCalls = await upload(client, chatLines(1));
  expect((await client.files.list()).data).toEqual([]);
  const body = {
    input_file_id: byCalls.id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
  } as const;
  expect(await rejection(client.batches.create(body))).toMatchObject({ status: 404 });
  expect(await rejection(client.files.retrieve(byCalls.id))).toMatchObject({ status: 404 });
  await client.batches.create(body);
  const byTime = await upload(client, chatLines(1));
  expect(await rejection(client.files.retrieve(byTime.id))).toMatchObject({ status: 404 });
  await waitFor(
    async () => (await client.files.list()).data.length,
    (length) => length >= 2,
  );
});

test('ids are handed out as scripted', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  faults.nextIds({ batch: ['batch_abc123'], file: ['file-in', 'file-out'] });
  const batch = await createBatch(client, chatLines(1));
  expect(batch).toMatchObject({ id: 'batch_abc123', input_file_id: 'file-in' });
  const done = await waitFor(
    () => client.batches.retrieve('batch_abc123'),
    ({ status }) => status === 'completed',
  );
  expect(done.output_file_id).toBe('file-out');
  faults.nextIds({ batch: ['batch_abc123'] });
  expect((await createBatch(client, chatLines(1))).id).not.toBe('batch_abc123');
  expect(() => faults.nextIds({ file: ['../../etc/passwd'] })).toThrow(/path|id|pattern|Invalid/);
});

test('faults that are not well formed are refused', async () => {
  await using server = await startProvider();
  expect(() => server.faults.add({ kind: 'slow', on: 'files.list' } as never)).toThrow(/delayMs/);
  expect(() => server.faults.add({ kind: 'nothing' } as never)).toThrow(/kind/);
});

test('a caller who goes away while an upload is slow holds nothing up', async () => {
  await using server = await startProvider();
  const { faults, url, apiKey } = server.provider;
  faults.add({ kind: 'slow', on: 'files.create', delayMs: 600_000 });
  const leaving = request(`${url}/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'multipart/form-data; boundary=b' },
  });
  leaving.on('error', () => {});
  leaving.write('--b\r\n');
  await waitFor(
    async () => faults.calls(),
    (calls) => calls.length === 1,
  );
  leaving.destroy();
  await expect(server.provider.close()).resolves.toBeUndefined();
});
