import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { estimateTokens } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { findUnrefined } from '../../apps/server/src/db/estimates.ts';
import { refineEstimate } from '../../apps/server/src/submission/refine-estimate.ts';
import { startTokenCounter } from '../../apps/server/src/submission/token-counter.ts';
import { encodingOf } from '../../apps/server/src/submission/token-messages.ts';
import { openStorage } from '../../apps/server/src/storage/storage.ts';
import { jobRow, openTestDatabase } from '../db/open-test-database.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { createRandom } from '../shared/random.ts';

const url = '/v1/responses';
const provider = 'openai';
const english = (await readFile(join(import.meta.dirname, '../../ARCHITECTURE.md'), 'utf8')).split('\n');
const chinese =
  '批处理接口适合不需要立即得到答复的工作。用户把许多请求写进一个文件，服务器检查每一行，然后把它们交给提供方。结果在二十四小时之内返回，价格只有一半。如果某个请求失败，它会被再次发送，直到每个请求都有一个结果。日本語の文章も同じように数えられます。'.split(
    '。',
  );

/** `count` texts of a few to many lines. */
function texts(lines: readonly string[], count: number): string[] {
  const { below } = createRandom(count);
  return Array.from({ length: count }, () => {
    const start = below(lines.length);
    return lines.slice(start, start + 1 + below(20)).join('\n') || 'Nothing.';
  });
}

/** A submission that waits, of one request for each text. */
async function openSubmission(inputs: readonly string[], model: string, more: object = {}) {
  const opened = await openTestDatabase();
  const { db } = opened;
  const folder = await temporaryFolder();
  const storage = await openStorage(folder.path);
  const tokens = startTokenCounter();
  const lines = inputs.map((input, index) =>
    JSON.stringify({ custom_id: String(index), method: 'POST', url, body: { model, input, ...more } }),
  );
  const writer = await storage.createWriter();
  await writer.write(Buffer.from(lines.join('\n')));
  await writer.commit('inputs/a.jsonl');
  let offset = 0;
  const requests = lines.map((line, index) => {
    const input_bytes = Buffer.byteLength(line);
    const row = {
      job_id: 'j',
      line: index + 1,
      custom_id: String(index),
      submission_id: 's',
      outcome: 'pending',
      input_offset: offset,
      input_bytes,
      estimated_tokens: estimateTokens(url, { input: inputs[index] }),
    };
    offset += input_bytes + 1;
    return row;
  });
  const estimated_tokens = requests.reduce((sum, row) => sum + row.estimated_tokens, 0);
  const job = { ...jobRow('j'), input_name: 'inputs/a.jsonl', total_requests: lines.length };
  await db.job.create({ data: job });
  await db.submission.create({
    data: {
      id: 's',
      job_id: 'j',
      provider,
      status: 'planned',
      endpoint: url,
      completion_window: '24h',
      model,
      request_count: lines.length,
      input_bytes: offset,
      estimated_tokens,
      created_at: 1,
      updated_at: 1,
    },
  });
  await db.request.createMany({ data: requests });
  const warnings: object[] = [];
  const log = { info() {}, error() {}, warn: (fields: object) => void warnings.push(fields) };
  const deps = { db, storage, tokens, log };
  return {
    deps,
    warnings,
    estimated_tokens,
    async refined() {
      expect(await findUnrefined(db, provider, 10)).toEqual(['s']);
      await refineEstimate(deps, 's');
      expect(await findUnrefined(db, provider, 10)).toEqual([]);
      const row = await db.submission.findUniqueOrThrow({ where: { id: 's' } });
      return { ...row, estimated_tokens: Number(row.estimated_tokens) };
    },
    async [Symbol.asyncDispose]() {
      await tokens.close();
      await opened[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function countAll(inputs: readonly string[], model: string): Promise<number> {
  const counter = startTokenCounter();
  const counted = await counter.count(model, inputs);
  await counter.close();
  return counted!.counts.reduce((sum, count) => sum + count, 0);
}

test.each([
  ['gpt-4o-mini', 'o200k_base'],
  ['gpt-4o-mini-2024-07-18', 'o200k_base'],
  ['ft:gpt-4o-mini-2024-07-18:org:name:id', 'o200k_base'],
  ['chatgpt-4o-latest', 'o200k_base'],
  ['gpt-5.1-mini', 'o200k_base'],
  ['gpt-4.1', 'o200k_base'],
  ['o3-mini', 'o200k_base'],
  ['gpt-4-turbo', 'cl100k_base'],
  ['ft:gpt-3.5-turbo:a::b', 'cl100k_base'],
  ['text-embedding-3-small', 'cl100k_base'],
  ['gpt-4ever', null],
  ['ft:', null],
  ['llama-3', null],
])('the encoding of %s is %s', (model, encoding) => {
  expect(encodingOf(model)).toBe(encoding);
});

test('tokens are counted as the model does, special ones as text, and long words in little time', async () => {
  const counter = startTokenCounter({ idleMs: 1 });
  expect(await counter.count('nobody-knows', ['a'])).toBeNull();
  const { counts } = (await counter.count('gpt-4o', ['hello world', '', '<|endoftext|>']))!;
  expect(counts.slice(0, 2)).toEqual([2, 0]);
  expect(counts[2]).toBeGreaterThan(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  // The thread has ended meanwhile, and starts again.
  const [long, prose] = (await counter.count('gpt-4', ['x'.repeat(500_000), english.join('\n')]))!.counts;
  expect(long).toBeGreaterThan(10_000);
  expect(prose).toBeGreaterThan(english.join('\n').length / 8);
  await counter.close();
  await counter.close();
});

test('of English text the estimate is within a few percent, and says how far it may be off', async () => {
  const inputs = texts(english, 3_000);
  await using opened = await openSubmission(inputs, 'gpt-4o-mini');
  const direct = await countAll(inputs, 'gpt-4o-mini');
  const { estimated_tokens, estimate_error, estimate_method } = await opened.refined();
  expect(estimate_method).toBe('tokenizer');
  expect(Math.abs(estimated_tokens / direct - 1)).toBeLessThan(Math.max(0.03, estimate_error!));
  expect(estimate_error).toBeGreaterThanOrEqual(0.01);
  expect(estimate_error).toBeLessThan(0.05);
});

test('of Chinese text it is much nearer than a quarter of the bytes', async () => {
  const inputs = texts(chinese, 1_000);
  await using opened = await openSubmission(inputs, 'gpt-3.5-turbo-0125');
  const direct = await countAll(inputs, 'gpt-3.5-turbo-0125');
  const { estimated_tokens } = await opened.refined();
  const off = (tokens: number) => Math.abs(tokens / direct - 1);
  expect(off(opened.estimated_tokens)).toBeGreaterThan(0.1);
  expect(off(estimated_tokens)).toBeLessThan(0.02);
});

test('a small submission is counted wholly', async () => {
  const inputs = texts([...english, ...chinese], 200);
  await using opened = await openSubmission(inputs, 'o3');
  const direct = await countAll(inputs, 'o3');
  expect(await opened.refined()).toMatchObject({ estimated_tokens: direct, estimate_error: 0.01 });
});

test('what is too large to be counted, and what the provider keeps, is off by half', async () => {
  const inputs = [...texts(english, 300), 'word '.repeat(2_000_000)];
  await using opened = await openSubmission(inputs, 'gpt-4o-mini');
  const { estimated_tokens, estimate_error } = await opened.refined();
  expect(estimated_tokens).toBeGreaterThan(2_500_000);
  expect(estimate_error).toBeGreaterThanOrEqual((0.5 * 2_500_000) / estimated_tokens);
  const more = { previous_response_id: 'resp_1' };
  await using partial = await openSubmission(texts(english, 20), 'gpt-4o-mini', more);
  expect(await partial.refined()).toMatchObject({ estimate_method: 'tokenizer', estimate_error: 0.5 });
});

test('of a model that nobody knows, and of an input that cannot be read, the bytes have to do', async () => {
  await using opened = await openSubmission(['a b c'], 'llama-3');
  const byBytes = { estimated_tokens: 2, estimate_method: 'bytes', estimate_error: 0.5 };
  expect(await opened.refined()).toMatchObject(byBytes);
  expect(opened.warnings).toEqual([]);
  await using broken = await openSubmission(['a b c'], 'gpt-4o');
  await broken.deps.storage.remove('inputs/a.jsonl');
  expect(await broken.refined()).toMatchObject(byBytes);
  expect(broken.warnings).toMatchObject([{ submission_id: 's' }]);
});
