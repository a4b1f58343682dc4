import { open, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { stageInput } from '../../apps/server/src/intake/stage-input.ts';
import { stageJson } from '../../apps/server/src/intake/stage-json.ts';
import { inputName } from '../../apps/server/src/storage/storage.ts';
import { inChunks, openStage, rowsOf } from '../helpers/open-stage.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';

const MODELS = ['gpt-4o-mini', 'gpt-4o', '__proto__'];

/** Chat requests that name these models in turns. */
function mixedRequests(count: number, models = MODELS) {
  const requests = chatRequests(count);
  for (const [index, { body }] of requests.entries()) body['model'] = models[index % models.length];
  return requests;
}

test('models that come in turns are planned apart, and each row says where its request is', async () => {
  await using stage = await openStage();
  const requests = mixedRequests(3_000);
  await using staged = await stageInput(stage, inChunks(toJsonl(requests)), { scope: 'job' });
  expect(staged.summary).toMatchObject({ request_count: 3_000, issues: [] });
  const stored = await readFile(staged.path);
  expect(stored.toString()).toBe(toJsonl(requests));
  const rows = await rowsOf(staged);
  const found = rows.map(([, , start, length]) => JSON.parse(stored.toString('utf8', start, start + length)));
  expect(found).toEqual(requests);
  expect(rows.map(([line, id, , , part]) => [line, id, part])).toEqual(
    requests.map(({ custom_id }, index) => [index + 1, custom_id, index % 3]),
  );
  const tokens = rows.reduce((sum, row) => sum + row[5], 0);
  expect(tokens).toBe(staged.summary.estimated_tokens);
  expect(staged.parts.map(({ model, request_count }) => [model, request_count])).toEqual(
    MODELS.map((model) => [model, 1_000]),
  );
  expect(staged.parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(stored.length);
});

test('120,000 requests are three parts, and their rows leave memory and in the end the disk', async () => {
  await using stage = await openStage();
  const requests = chatRequests(120_000);
  {
    await using staged = await stageInput(stage, inChunks(toJsonl(requests), 1 << 16), { scope: 'job' });
    expect(staged.summary.issues).toEqual([]);
    expect(staged.parts.map(({ request_count }) => request_count)).toEqual([50_000, 50_000, 20_000]);
    await staged.keep(inputName('input_kept'));
    // The requests have their name, the rows are still to be had, and more than once.
    for (let time = 1; time <= 2; time += 1) {
      const rows = await rowsOf(staged);
      expect(rows).toHaveLength(120_000);
      expect(rows.every(([line, , , , part]) => part === Math.floor((line - 1) / 50_000))).toBe(true);
    }
    await using file = await open(stage.storage.path(inputName('input_kept')));
    const [line, custom_id, start, length] = (await rowsOf(staged)).at(-1)!;
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
    expect(JSON.parse(buffer.toString())).toEqual(requests[line - 1]);
    expect(custom_id).toBe('request-120000');
    expect(await stage.files()).toHaveLength(2);
  }
  expect(await stage.files()).toEqual(['input_kept.jsonl']);
});

test('a part has no more tokens than may be enqueued of its model', async () => {
  await using stage = await openStage();
  const tokenLimits = { 'gpt-4o': 80 };
  const input = inChunks(toJsonl(mixedRequests(60)));
  await using staged = await stageInput(stage, input, { scope: 'job', tokenLimits });
  const parts = staged.parts.map(({ model, request_count }) => [model, request_count]);
  // Each request is 7 tokens.
  expect(parts).toEqual([
    ['gpt-4o-mini', 20],
    ['gpt-4o', 11],
    ['__proto__', 20],
    ['gpt-4o', 9],
  ]);
});

test('the elements of a list are planned as the lines of a file are', async () => {
  await using stage = await openStage();
  const requests = mixedRequests(2_500);
  await using ofFile = await stageInput(stage, inChunks(toJsonl(requests)), { scope: 'job' });
  const json = inChunks(JSON.stringify([{ endpoint: '/v1/chat/completions', requests }]));
  const place = 'first call';
  const { body, staged } = await stageJson(stage, json, { scope: 'job', place });
  await using ofJson = staged;
  expect(body).toEqual([{ endpoint: '/v1/chat/completions', requests: [] }]);
  const { summary, sha256, parts } = ofFile;
  expect(ofJson).toMatchObject({ summary, sha256, parts });
  expect(await rowsOf(ofJson)).toEqual(await rowsOf(ofFile));
});

test('an input of two endpoints or with an id twice is refused in a job too, and gone afterwards', async () => {
  await using stage = await openStage();
  {
    const [first, second, third] = mixedRequests(3);
    const wrong = [first, { ...second, url: '/v1/responses' }, { ...third, custom_id: first!.custom_id }];
    await using staged = await stageInput(stage, inChunks(toJsonl(wrong)), { scope: 'job' });
    expect(staged.summary.issues.map(({ code, line }) => [code, line])).toEqual([
      ['invalid_request', 2],
      ['invalid_url', 2],
      ['duplicate_custom_id', 3],
    ]);
  }
  expect(await stage.files()).toEqual([]);
});

test('ids of megabytes make portions shorter, not memory larger', async () => {
  await using stage = await openStage();
  const requests = chatRequests(5);
  for (const request of requests) request.custom_id += 'é'.repeat(1 << 20);
  await using staged = await stageInput(stage, inChunks(toJsonl(requests), 1 << 16), { scope: 'job' });
  expect(await Array.fromAsync(staged.ledger())).toHaveLength(5);
  expect((await rowsOf(staged)).map(([, id]) => id)).toEqual(requests.map(({ custom_id }) => custom_id));
});
