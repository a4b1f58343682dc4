import { readdir, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { startLocalProvider } from '@batchdesk/local-provider';
import { toFile } from 'openai';
import { expect, test } from 'vitest';

import {
  createBatch,
  createClient,
  createFolder,
  rejection,
  startProvider,
  upload,
  waitFor,
  waitForStatus,
} from './helpers.ts';

test('a file is uploaded, shown, listed, downloaded and deleted', async () => {
  await using server = await startProvider();
  const { client } = server;
  const file = await upload(client, 'héllo\n');
  expect(file).toMatchObject({
    object: 'file',
    bytes: 7,
    filename: 'input.jsonl',
    purpose: 'batch',
    status: 'processed',
  });
  expect(file.expires_at).toBe(file.created_at + 30 * 24 * 3600);
  expect(await client.files.retrieve(file.id)).toEqual(file);
  expect((await client.files.list()).data).toEqual([file]);
  const content = await client.files.content(file.id);
  expect(content.headers.get('content-length')).toBe('7');
  expect(content.headers.get('content-type')).toBe('application/octet-stream');
  expect(await content.text()).toBe('héllo\n');
  expect(await client.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true });
  for (const call of [
    client.files.retrieve(file.id),
    client.files.content(file.id),
    client.files.delete(file.id),
  ]) {
    expect(await rejection(call)).toMatchObject({
      status: 404,
      message: expect.stringContaining('No such File object'),
    });
  }
});

const ranges: [string, number, string, string | null][] = [
  ['bytes=2-4', 206, 'cde', 'bytes 2-4/10'],
  ['bytes=7-', 206, 'hij', 'bytes 7-9/10'],
  ['bytes=8-99', 206, 'ij', 'bytes 8-9/10'],
  ['bytes=-3', 206, 'hij', 'bytes 7-9/10'],
  ['bytes=-99', 206, 'abcdefghij', 'bytes 0-9/10'],
  ['bytes=0-1,4-5', 200, 'abcdefghij', null],
  ['bytes=4-2', 200, 'abcdefghij', null],
  ['lines=1-2', 200, 'abcdefghij', null],
];
test.each(ranges)('a download with Range: %s answers %i', async (range, status, text, contentRange) => {
  await using server = await startProvider();
  const { id } = await upload(server.client, 'abcdefghij');
  const content = await server.client.files.content(id, { headers: { range } });
  expect([content.status, await content.text()]).toEqual([status, text]);
  expect(content.headers.get('content-range')).toBe(contentRange);
  expect(content.headers.get('content-length')).toBe(String(text.length));
  expect(server.faults.calls().at(-1)).toMatchObject({ operation: 'files.content', range });
});

test.each(['bytes=10-', 'bytes=-0'])('there is nothing at %s of ten bytes', async (range) => {
  await using server = await startProvider();
  const { id } = await upload(server.client, 'abcdefghij');
  const error = await rejection(server.client.files.content(id, { headers: { range } }));
  expect(error.status).toBe(416);
  expect(error.headers?.get('content-range')).toBe('bytes */10');
});

test('a range is cut short, or ignored, when a fault says so', async () => {
  await using server = await startProvider();
  const { client, faults } = server;
  const { id } = await upload(client, 'abcdefghij');
  faults.add({ kind: 'truncate', bytes: 3 }, { kind: 'ignore_range' });
  const headers = { range: 'bytes=4-' };
  const cut = await client.files.content(id, { headers });
  expect(cut.headers.get('content-length')).toBe('6');
  await expect(cut.text()).rejects.toThrow('terminated');
  const whole = await client.files.content(id, { headers });
  expect([whole.status, await whole.text()]).toEqual([200, 'abcdefghij']);
});

test('files are listed in pages, in either order, by purpose', async () => {
  await using server = await startProvider();
  const { client } = server;
  const ids: string[] = [];
  for (const content of ['1', '2', '3', '4', '5']) ids.push((await upload(client, content)).id);
  const listed: string[] = [];
  for await (const { id } of client.files.list({ limit: 2, order: 'asc' })) listed.push(id);
  expect(listed).toEqual(ids);
  expect((await client.files.list()).data.map(({ id }) => id)).toEqual(ids.toReversed());
  expect((await client.files.list({ purpose: 'batch_output' })).data).toEqual([]);
  const newest = { purpose: 'batch', order: 'desc', limit: 10_000 } as const;
  const page = await client.files.list({ ...newest, after: ids.at(-1)! });
  expect(page.data.map(({ id }) => id)).toEqual(ids.toReversed().slice(1));
  expect(page.has_more).toBe(false);
  expect(await rejection(client.files.list({ limit: 0 }))).toMatchObject({ status: 400, param: 'limit' });
  expect(await rejection(client.files.list({ after: 'file-none' }))).toMatchObject({ status: 404 });
});

test('an upload that the Batch API does not take is refused and leaves nothing behind', async () => {
  await using server = await startProvider();
  const { client, dataDir } = server;
  const send = async (content: Buffer, name: string, more = {}) =>
    rejection(client.files.create({ purpose: 'batch', file: await toFile(content, name), ...more }));
  expect(await send(Buffer.from('{}'), 'input.txt')).toMatchObject({
    status: 400,
    message: '400 Invalid file format for Batch API. Must be .jsonl',
  });
  expect(await send(Buffer.from([0xc3, 0x28]), 'a.jsonl')).toMatchObject({
    status: 400,
    message: '400 Invalid file format for Batch API. Must be utf-8 encoded',
  });
  expect(await send(Buffer.from([0x61, 0xe2, 0x82]), 'a.jsonl')).toMatchObject({ status: 400 });
  expect(await send(Buffer.from('{}'), 'a.jsonl', { purpose: 'vision' })).toMatchObject({
    status: 400,
    code: 'invalid_value',
    param: 'purpose',
  });
  const tooShort = { expires_after: { anchor: 'created_at', seconds: 60 } };
  expect(await send(Buffer.from('{}'), 'a.jsonl', tooShort)).toMatchObject({
    status: 400,
    param: 'expires_after.seconds',
  });
  expect(await readdir(join(dataDir, 'files'))).toEqual([]);
  expect(await readdir(join(dataDir, 'unfinished'))).toEqual([]);
});

test('characters cut in two by the transport are still UTF-8, and expires_after is honoured', async () => {
  await using server = await startProvider();
  const { client } = server;
  const text = '€😀é'.repeat(60_000);
  const file = await client.files.create({
    purpose: 'batch',
    file: await toFile(Buffer.from(text), 'a.jsonl'),
    expires_after: { anchor: 'created_at', seconds: 3600 },
  });
  expect(file.expires_at).toBe(file.created_at + 3600);
  expect(await (await client.files.content(file.id)).text()).toBe(text);
});

test('a file larger than 200 MB is refused', async () => {
  await using server = await startProvider();
  const chunk = Buffer.alloc(1_048_576, 0x20);
  const blob = new Blob([...Array.from({ length: 200 }, () => chunk), ' ']);
  const error = await rejection(
    server.client.files.create({ purpose: 'batch', file: new File([blob], 'a.jsonl') }),
  );
  expect(error).toMatchObject({
    status: 413,
    message: expect.stringContaining('larger than the 209715200 maximum'),
  });
  expect(await readdir(join(server.dataDir, 'unfinished'))).toEqual([]);
});

test('the fields of the form may come after the file', async () => {
  await using server = await startProvider();
  const form = new FormData();
  form.append('file', new File(['{}\n'], 'late.jsonl'));
  form.append('purpose', 'batch');
  const headers = { authorization: `Bearer ${server.provider.apiKey}` };
  const answer = await fetch(`${server.provider.url}/files`, { method: 'POST', body: form, headers });
  expect(await answer.json()).toMatchObject({ filename: 'late.jsonl', bytes: 3 });
});

test('an upload whose connection is cut leaves no file behind', async () => {
  await using server = await startProvider();
  const { dataDir, provider } = server;
  const unfinished = () => readdir(join(dataDir, 'unfinished'));
  const cut = request(`${provider.url}/files`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${provider.apiKey}`,
      'content-type': 'multipart/form-data; boundary=b',
    },
  });
  cut.on('error', () => {});
  cut.write(
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n' + 'x'.repeat(200_000),
  );
  await waitFor(unfinished, (names) => names.length === 1);
  cut.destroy();
  await waitFor(unfinished, (names) => names.length === 0);
  expect((await server.client.files.list()).data).toEqual([]);
});

test('a batch goes on when its input file is deleted', async () => {
  await using server = await startProvider({
    durations: { validatingMs: 100, inProgressMs: 0, finalizingMs: 0 },
  });
  const batch = await createBatch(server.client, [{ custom_id: 'a' }]);
  await server.client.files.delete(batch.input_file_id);
  const ended = await waitForStatus(server.client, batch.id);
  expect(ended.errors?.data?.[0]).toMatchObject({ code: 'missing_required_parameter', line: 1 });
});

test('an expired file is not found, and its content is deleted', async () => {
  await using folder = await createFolder();
  const first = await startLocalProvider({ dataDir: folder.path });
  const { id } = await upload(createClient(first), 'old');
  await first.close();
  const recordPath = join(folder.path, 'files', `${id}.json`);
  const record = JSON.parse(await readFile(recordPath, 'utf8'));
  await writeFile(recordPath, JSON.stringify({ ...record, expiresAtMs: Date.now() + 400 }));
  const second = await startLocalProvider({ dataDir: folder.path });
  const client = createClient(second);
  await waitFor(
    async () => (await client.files.list()).data,
    (files) => files.length === 0,
  );
  expect(await rejection(client.files.retrieve(id))).toMatchObject({ status: 404 });
  expect(await rejection(client.files.content(id))).toMatchObject({ status: 404 });
  await second.close();
  const third = await startLocalProvider({ dataDir: folder.path });
  await third.close();
  expect(await readdir(join(folder.path, 'files'))).toEqual([]);
});

test('a large upload that is refused at once gets its answer', async () => {
  await using server = await startProvider();
  const large = () =>
    new File(
      Array.from({ length: 40 }, () => Buffer.alloc(1_048_576, 0x20)),
      'a.jsonl',
    );
  server.faults.add({ kind: 'rate_limit', on: 'files.create' });
  const limited = await rejection(server.client.files.create({ purpose: 'batch', file: large() }));
  expect(limited).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
  const stranger = createClient({ url: server.provider.url, apiKey: 'wrong' });
  expect(await rejection(stranger.files.create({ purpose: 'batch', file: large() }))).toMatchObject({
    status: 401,
  });
});
