import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BUILT_IN_PRICES } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { countInput } from '../../apps/server/src/intake/count-input.ts';
import { stageInput } from '../../apps/server/src/intake/stage-input.ts';
import { countSample } from '../../apps/server/src/submission/count-sample.ts';
import { startTokenCounter } from '../../apps/server/src/submission/token-counter.ts';
import { inChunks, openStage, rowsOf } from '../helpers/open-stage.ts';
import { toJsonl } from '../helpers/requests.ts';
import { createRandom } from '../shared/random.ts';

const english = (await readFile(join(import.meta.dirname, '../../ARCHITECTURE.md'), 'utf8')).split('\n');
const chinese =
  '批处理接口适合不需要立即得到答复的工作。用户把许多请求写进一个文件，服务器检查每一行。'.split('。');

/** A request for each text. */
const ask = (inputs: readonly string[], model = 'gpt-4o-mini') =>
  inputs.map((input, index) => ({
    custom_id: `${model}-${index}`,
    method: 'POST',
    url: '/v1/responses',
    body: { model, input },
  }));

/** Texts of one to many lines, English and Chinese. */
function texts(count: number, seed: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const lines = random.below(5) === 0 ? chinese : english;
    const start = random.below(lines.length);
    return lines.slice(start, start + 1 + random.below(12)).join('\n') || 'Nothing.';
  });
}

async function openCounter() {
  const stage = await openStage();
  const tokens = startTokenCounter();
  const log = { info() {}, warn() {}, error() {} };
  return {
    async count(requests: readonly unknown[]) {
      const jsonl = inChunks(toJsonl(requests), 1 << 16);
      await using staged = await stageInput(stage, jsonl, { scope: 'job', prices: BUILT_IN_PRICES.prices });
      const usage = staged.usage!;
      return { counts: await countInput({ tokens, log }, staged, usage), usage };
    },
    /** Input tokens of all requests, each counted. */
    async countAll(requests: readonly unknown[], model = 'gpt-4o-mini') {
      await using staged = await stageInput(stage, inChunks(toJsonl(requests), 1 << 16), { scope: 'job' });
      const rows = await rowsOf(staged);
      const places = rows.map(([, , offset, bytes, , estimated_tokens]) => ({
        offset,
        bytes,
        estimated_tokens,
      }));
      const reader = await staged.open();
      const counted = (await countSample({ tokens }, { model, reader, places }))!;
      await reader.close();
      return counted.reduce((sum, one) => sum + one.tokens, 0);
    },
    async [Symbol.asyncDispose]() {
      await tokens.close();
      await stage[Symbol.asyncDispose]();
    },
  };
}

test('a sample is as near to counting everything as it says', { timeout: 60_000 }, async () => {
  await using counter = await openCounter();
  let within = 0;
  for (let seed = 1; seed <= 8; seed += 1) {
    const requests = ask(texts(2_000, seed));
    const { counts } = await counter.count(requests);
    const { estimated_tokens, estimate_error, counted_requests } = counts[0]!;
    expect(counted_requests).toBe(400);
    expect(estimate_error).toBeLessThan(0.1);
    const all = await counter.countAll(requests);
    const off = Math.abs(estimated_tokens - all) / all;
    expect(off).toBeLessThan(2 * estimate_error);
    if (off <= estimate_error) within += 1;
  }
  // 95 of 100 are.
  expect(within).toBeGreaterThanOrEqual(7);
});

test('a small input is counted wholly', async () => {
  await using counter = await openCounter();
  const requests = ask(texts(400, 1));
  const { counts } = await counter.count(requests);
  expect(counts).toEqual([
    {
      estimated_tokens: await counter.countAll(requests),
      estimate_method: 'tokenizer',
      estimate_error: 0.01,
      counted_requests: 400,
    },
  ]);
});

test('many models are no more work: those with most tokens are counted', async () => {
  await using counter = await openCounter();
  const model = (index: number) => `gpt-4o-${String(index).padStart(3, '0')}`;
  const requests = Array.from({ length: 100 }, (_, index) =>
    ask(
      Array.from({ length: 3 }, () => 'word '.repeat(index + 1)),
      model(index),
    ),
  ).flat();
  const { counts, usage } = await counter.count(requests);
  expect(usage.map((one) => one.model)).toEqual(Array.from({ length: 100 }, (_, index) => model(99 - index)));
  expect(counts.map((one) => one.estimate_method)).toEqual([
    ...Array.from({ length: 20 }, () => 'tokenizer'),
    ...Array.from({ length: 80 }, () => 'bytes'),
  ]);
});

test('of large requests few are counted, of very large ones none', async () => {
  await using counter = await openCounter();
  const large = await counter.count(ask(Array.from({ length: 60 }, () => 'word '.repeat(20_000))));
  expect(large.counts[0]).toMatchObject({ estimate_method: 'tokenizer', counted_requests: 41 });
  const huge = await counter.count(ask(['word '.repeat(1_000_000)]));
  expect(huge.counts[0]).toMatchObject({
    estimated_tokens: 1_250_000,
    estimate_method: 'bytes',
    estimate_error: 0.5,
    counted_requests: 0,
  });
});

test('what is too large to be counted is off by half, however few such requests there are', async () => {
  await using counter = await openCounter();
  const small = texts(1_000, 1);
  const huge = 'word '.repeat(1_000_000);
  const { counts: without } = await counter.count(ask(small));
  for (const list of [
    [...small, huge],
    [...small.slice(0, 100), huge],
  ]) {
    const [found] = (await counter.count(ask(list))).counts;
    const share = 1_250_000 / found!.estimated_tokens;
    expect(share).toBeGreaterThan(0.8);
    // Of it there is the estimate by its bytes.
    expect(found!.estimated_tokens).toBeGreaterThan(1_250_000);
    expect(found!.estimate_error).toBeGreaterThanOrEqual(0.5 * share);
    expect(found!.estimate_error).toBeLessThan(0.5 * share + 0.1);
  }
  expect(without[0]!.estimate_error).toBeLessThan(0.1);
});

test('images that are in their requests are not taken for texts, for all their bytes', async () => {
  await using counter = await openCounter();
  const image = (bytes: number) => ({
    type: 'input_image',
    image_url: `data:image/png;base64,${'A'.repeat(bytes)}`,
  });
  const list = ask(texts(200, 1));
  for (const bytes of [1_000_000, 5_000_000]) {
    const images = Array.from({ length: 8 }, (_, index) => ({
      ...list[0]!,
      custom_id: `image-${index}`,
      body: { model: 'gpt-4o-mini', input: [{ role: 'user', content: [image(bytes)] }] },
    }));
    const [found] = (await counter.count([...list, ...images])).counts;
    const share = (8 * 800) / found!.estimated_tokens;
    expect(found!.estimate_error, String(bytes)).toBeGreaterThan(0.4 * share);
  }
});

test('the error is honest about images, and about what the provider keeps', async () => {
  await using counter = await openCounter();
  const request = (custom_id: string, more: object) => ({
    custom_id,
    method: 'POST',
    url: '/v1/responses',
    body: { model: 'gpt-4o-mini', ...more },
  });
  const errorOf = async (...requests: unknown[]) => {
    const [found] = (await counter.count(requests)).counts;
    return found!;
  };
  const image = { type: 'input_image', image_url: 'https://example.org/a.png' };
  const withImage = request('image', {
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'word '.repeat(795) }, image] }],
  });
  const half = await errorOf(withImage);
  expect(half.estimate_error).toBeCloseTo((0.5 * 800 + 0.01 * 800) / 1_600, 2);
  const more = { input: 'And then?', previous_response_id: 'resp_1' };
  expect((await errorOf(request('more', more))).estimate_error).toBe(0.5);
  const stored = await errorOf(request('stored', { prompt: { id: 'pmpt_1', variables: { a: 'b' } } }));
  expect(stored.estimate_error).toBe(0.5);
  const nothing = await errorOf(request('nothing', { conversation: 'conv_1' }));
  expect(nothing).toMatchObject({ estimated_tokens: 0, estimate_error: 0.5 });
  const plain = request('plain', { input: 'word '.repeat(1_000) });
  expect((await errorOf(plain)).estimate_error).toBe(0.01);
  const mixed = await errorOf(plain, request('more', more));
  expect(mixed.estimate_error).toBeGreaterThan(0.01);
  expect(mixed.estimate_error).toBeLessThan(0.02);
});

test('bad requests are not summed up', async () => {
  await using counter = await openCounter();
  const { usage } = await counter.count([
    ...ask(['One']),
    { custom_id: 'b', method: 'POST', url: '/v1/responses', body: { model: 'gpt-4o' } },
  ]);
  expect(usage.map(({ model, request_count }) => [model, request_count])).toEqual([['gpt-4o-mini', 1]]);
});
