import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { stageInput } from '../../apps/server/src/intake/stage-input.ts';
import { stageJson } from '../../apps/server/src/intake/stage-json.ts';
import { inputName } from '../../apps/server/src/storage/storage.ts';
import { inChunks, openStage, rowsOf } from '../helpers/open-stage.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';

test('each ledger row says where its request is in the stored file', async () => {
  await using stage = await openStage();
  const requests = chatRequests(5_000);
  for (const [index, { body }] of requests.entries()) body['user'] = 'Zoë 😀'.repeat(index % 50);
  const sent = requests.map((request) => JSON.stringify(request));
  const staged = await stageInput(stage, inChunks(`\uFEFF${sent.join('\r\n\r\n \n')}`));
  const name = inputName('input_kept');
  await staged.keep(name);

  const stored = await readFile(stage.storage.path(name));
  expect(stored.toString()).toBe(toJsonl(requests));
  expect(staged.summary).toMatchObject({ bytes: stored.length, request_count: 5_000, issues: [] });
  expect(staged.sha256).toBe(createHash('sha256').update(stored).digest('hex'));
  const rows = await rowsOf(staged);
  expect(rows.map(([line, id]) => [line, id])).toEqual(
    requests.map(({ custom_id }, index) => [index + 1, custom_id]),
  );
  const found = rows.map(([, , start, length]) => stored.subarray(start, start + length).toString());
  expect(found).toEqual(sent);
  expect(rows.every(([, , , , part]) => part === 0)).toBe(true);
  await staged[Symbol.asyncDispose]();
  expect(await stage.files()).toEqual([name.split('/').at(-1)]);
});

test('a list of requests is stored as the same file of the same requests is', async () => {
  await using stage = await openStage();
  const requests = chatRequests(100);
  await using ofFile = await stageInput(stage, inChunks(toJsonl(requests)));
  const { body, staged } = await stageJson(stage, inChunks(JSON.stringify({ a: 1, requests, b: 2 })));
  expect(body).toEqual({ a: 1, requests: [], b: 2 });
  const { summary, sha256, parts } = ofFile;
  expect(staged).toMatchObject({ summary, sha256, parts });
  expect(await rowsOf(staged)).toEqual(await rowsOf(ofFile));
  await staged[Symbol.asyncDispose]();
});

test('a request of many megabytes keeps its bytes, and so do its neighbours', async () => {
  await using stage = await openStage();
  const requests = chatRequests(3);
  requests[1]!.body['padding'] = 'é"\n'.repeat(2_000_000);
  await using staged = await stageInput(stage, inChunks(toJsonl(requests), 1 << 16));
  expect(staged.summary.issues).toEqual([]);
  const name = inputName('input_kept');
  await staged.keep(name);
  expect(await readFile(stage.storage.path(name), 'utf8')).toBe(toJsonl(requests));
});

test('an input that is not kept is gone at the end of its block, whatever is wrong with it', async () => {
  await using stage = await openStage();
  for (const text of ['nothing\n', '\n\n', toJsonl(chatRequests(3))]) {
    await using staged = await stageInput(stage, inChunks(text), { endpoint: () => '/v1/responses' });
    expect(staged.summary.issue_count).toBeGreaterThan(0);
    // The requests, and the rows of the ledger.
    expect(await stage.files()).toHaveLength(2);
  }
  expect(await stage.files()).toEqual([]);
});

test('nothing stays of an input whose source throws, and the next one is read', async () => {
  await using stage = await openStage();
  const broken = new Error('The connection is gone.');
  async function* source() {
    // Enough that some of it has been written by then.
    yield Buffer.from(toJsonl(chatRequests(30_000)));
    expect(await stage.files()).toHaveLength(2);
    throw broken;
  }
  await expect(stageInput(stage, source())).rejects.toBe(broken);
  expect(await stage.files()).toEqual([]);
  await using next = await stageInput(stage, inChunks(toJsonl(chatRequests(2))));
  expect(next.summary).toMatchObject({ request_count: 2, issues: [] });
});

test('many inputs at a time do not get into one another', async () => {
  await using stage = await openStage();
  const counts = Array.from({ length: 12 }, (_, index) => 500 * (index + 1));
  const staged = await Promise.all(
    counts.map((count) => stageInput(stage, inChunks(toJsonl(chatRequests(count)), 777 + count))),
  );
  expect(staged.map(({ summary }) => summary.request_count)).toEqual(counts);
  for (const [index, one] of staged.entries()) {
    const name = inputName(`input_${index}`);
    await one.keep(name);
    const text = await readFile(stage.storage.path(name), 'utf8');
    expect(text).toBe(toJsonl(chatRequests(counts[index]!)));
    await one[Symbol.asyncDispose]();
  }
});

test('a full disk is told, and nothing stays', async () => {
  await using stage = await openStage();
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const write = () => Promise.reject(full);
  await expect(stage.scanner.scan(inChunks(toJsonl(chatRequests(10))), { write })).rejects.toBe(full);
});

test('an input that never ends is read no further than an upload may be', async () => {
  await using stage = await openStage();
  const chunk = Buffer.from(toJsonl(chatRequests(10_000)));
  let chunks = 0;
  async function* endless() {
    for (;;) {
      chunks += 1;
      yield chunk;
    }
  }
  await expect(stageInput(stage, endless())).rejects.toMatchObject({ code: 'payload_too_large' });
  expect(chunks).toBeLessThan(268_435_456 / chunk.length + 2);
  expect(await stage.files()).toEqual([]);
});
