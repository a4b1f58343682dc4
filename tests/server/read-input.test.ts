import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { LIMITS } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { readInput } from '../../apps/server/src/intake/read-input.ts';
import type { InputLine } from '../../apps/server/src/intake/read-input.ts';
import { requestLines } from '../../apps/server/src/intake/request-lines.ts';
import { stageInput } from '../../apps/server/src/intake/stage-input.ts';
import { splitLines } from '../../apps/server/src/storage/split-lines.ts';
import { openStorage } from '../../apps/server/src/storage/storage.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** Storage in a folder of its own. */
async function openTestStorage() {
  const folder = await temporaryFolder();
  return {
    storage: await openStorage(folder.path),
    /** The files in it, those half written included. */
    async files() {
      const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const linesOf = (text: string | Uint8Array) => splitLines(inChunks(Buffer.from(text), 1_000));

test('each entry says where its request is in the stored file', async () => {
  await using folder = await openTestStorage();
  const requests = chatRequests(5_000);
  for (const [index, { body }] of requests.entries()) body['user'] = 'Zoë 😀'.repeat(index % 50);
  const sent = requests.map((request) => JSON.stringify(request));
  const upload = `\uFEFF${sent.join('\r\n\r\n \n')}`;
  const input = await stageInput(folder.storage, linesOf(upload), { place: 'line' });

  const stored = await readFile(folder.storage.path(input.name));
  expect(stored.toString()).toBe(toJsonl(requests));
  expect(input.bytes).toBe(stored.length);
  expect(input.sha256).toBe(createHash('sha256').update(stored).digest('hex'));
  expect(input.request_count).toBe(5_000);
  expect(input.entries.map(({ line, custom_id }) => [line, custom_id])).toEqual(
    requests.map(({ custom_id }, index) => [index + 1, custom_id]),
  );
  const found = input.entries.map(({ input_offset: start, input_bytes: length }) =>
    stored.subarray(start, start + length).toString(),
  );
  expect(found).toEqual(sent);
  expect(await folder.files()).toEqual([input.name.split('/').at(-1)]);
});

test('a list of requests is stored as the same file of the same requests is', async () => {
  await using folder = await openTestStorage();
  const requests = chatRequests(100);
  const { name: _, ...fromList } = await stageInput(folder.storage, requestLines(requests), {
    place: 'element',
  });
  const { name: __, ...fromFile } = await stageInput(folder.storage, linesOf(toJsonl(requests)), {
    place: 'line',
  });
  expect(fromList).toEqual(fromFile);
});

test('without anywhere to write, an input is checked and counted the same', async () => {
  await using folder = await openTestStorage();
  const text = toJsonl(chatRequests(10));
  const { name: _, ...staged } = await stageInput(folder.storage, linesOf(text), { place: 'line' });
  expect(await readInput(linesOf(text), { place: 'line' })).toEqual(staged);
});

test('bytes that are not UTF-8 are an issue on their line, and the lines after them are checked', async () => {
  await using folder = await openTestStorage();
  const [good = '', other = ''] = toJsonl(chatRequests(2)).split('\n');
  const text = Buffer.concat([
    Buffer.from(`${good}\n\n`),
    Buffer.from(other.replace('Question', 'Qu\u00e9stion'), 'latin1'),
    Buffer.from('\n{}\n'),
  ]);
  const staging = stageInput(folder.storage, linesOf(text), { place: 'line' });
  await expect(staging).rejects.toMatchObject({ code: 'invalid_input' });
  const { issues, details } = await staging.catch((error: any) => error);
  expect(issues[0]).toEqual({
    code: 'invalid_encoding',
    message: 'This line is not valid UTF-8.',
    param: null,
    line: 3,
    custom_id: null,
  });
  expect(issues.slice(1).map(({ line }: InputLine) => line)).toEqual([4, 4, 4, 4]);
  expect(details).toMatchObject({ count: 5, place: 'line', line: 3 });
});

test.each([
  ['a line that is not JSON', 'nothing\n', 'line 1'],
  ['no line', '\n\n', 'The input is empty.'],
  ['a request of another endpoint', toJsonl(chatRequests(3)), 'does not match the batch endpoint'],
])('nothing stays of an input with %s', async (_, text, reason) => {
  await using folder = await openTestStorage();
  const staging = stageInput(folder.storage, linesOf(text), { place: 'line', endpoint: '/v1/responses' });
  await expect(staging).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining(reason),
  });
  expect(await folder.files()).toEqual([]);
});

test('nothing stays of an input whose source throws', async () => {
  await using folder = await openTestStorage();
  const broken = new Error('The connection is gone.');
  async function* source() {
    // Enough that some of it has been written by then.
    yield Buffer.from(toJsonl(chatRequests(10_000)));
    expect(await folder.files()).toHaveLength(1);
    throw broken;
  }
  await expect(stageInput(folder.storage, splitLines(source()), { place: 'line' })).rejects.toBe(broken);
  expect(await folder.files()).toEqual([]);
});

/** Requests of exactly that many bytes in all, each with its line break; made one at a time. */
function* requestsOfBytes(total: number): Generator<InputLine> {
  const megabyte = 1_048_576;
  for (let line = 1, left = total; left > 0; line += 1) {
    const size = left >= 2 * megabyte ? megabyte : left;
    const body = { model: 'm', messages: [], padding: '' };
    const request = { custom_id: `request-${line}`, method: 'POST', url: '/v1/chat/completions', body };
    body.padding = 'x'.repeat(size - 1 - JSON.stringify(request).length);
    yield { line, bytes: Buffer.from(JSON.stringify(request)) };
    left -= size;
  }
}

test.each([0, 1])(
  'an input of 209,715,200 bytes is taken, %i of them left for the last line break',
  async (more) => {
    let written = 0;
    const write = async (block: Uint8Array) => {
      written += block.length;
    };
    const facts = await readInput(requestsOfBytes(LIMITS.inputFileBytes + more), { place: 'line', write });
    expect(facts).toMatchObject({ bytes: 209_715_200, request_count: facts.entries.length });
    expect(written).toBe(209_715_200);
  },
);

test('an input of one byte more is refused, and nothing of it stays', async () => {
  await using folder = await openTestStorage();
  const staging = stageInput(folder.storage, requestsOfBytes(LIMITS.inputFileBytes + 2), { place: 'line' });
  await expect(staging).rejects.toMatchObject({
    code: 'invalid_input',
    issues: [{ code: 'input_too_large', message: expect.stringContaining('209715200 bytes'), line: 200 }],
  });
  expect(await folder.files()).toEqual([]);
});

test('an input that never ends is read no further than the limit', async () => {
  let lines = 0;
  function* endless() {
    for (const line of requestsOfBytes(Infinity)) {
      lines += 1;
      if (lines > 300) throw new Error('Nobody stops reading.');
      yield line;
    }
  }
  await expect(readInput(endless(), { place: 'line' })).rejects.toMatchObject({
    issues: [{ code: 'input_too_large' }],
  });
  expect(lines).toBe(201);
});
