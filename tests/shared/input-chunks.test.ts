import { createInputValidator } from '@batchdesk/shared';
import type { InputIssue } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import { request, requestTo } from './request-line.ts';

const GOOD = request('a');
const LINES = [
  JSON.stringify(GOOD),
  JSON.stringify(GOOD).replace('"a"', String.raw`"\u0061"`),
  JSON.stringify(request('é😀')),
  JSON.stringify(requestTo('/v1/embeddings', { input: ['é', [1]] }, 'b')),
  JSON.stringify(requestTo('/v1/responses', { model: 'n', stream: true, input: null }, 'c')),
  JSON.stringify(request('d', { method: 'GET', url: 7, body: [] })),
  '{"custom_id": "e",',
  '{"custom_id": "f\0"}',
  '[]',
  '"\uFEFF"',
  ' \t',
  '',
];

function randomInput(seed: number): Uint8Array {
  const random = createRandom(seed);
  const parts = [Buffer.from(random.pick(['', '\uFEFF']))];
  for (let count = random.below(6); count >= 0; count -= 1) {
    // Every fourth input is a good one but for the ids.
    const line = seed % 4 === 0 ? JSON.stringify(request(`${count}`)) : random.pick(LINES);
    parts.push(Buffer.from(line), Buffer.from(random.pick(['\n', '\r\n'])));
  }
  if (seed % 4 > 0) parts.push(Buffer.from(random.pick(['', '{"custom_id":"g"}', '{"custom_id":'])));
  const bytes = Buffer.concat(parts);
  // Somewhere half a character, or one that is none.
  if (random.below(3) === 0) bytes[random.below(bytes.length)] = random.pick([0xc3, 0xff, 0x80]);
  return bytes;
}

/** What the validator says of bytes that come in chunks of one size, and which issues it told on the way. */
function checkInChunks(bytes: Uint8Array, size: number) {
  const requests: [string | null, string][] = [];
  const validator = createInputValidator({
    onRequest: ({ custom_id, bytes: line }) =>
      requests.push([custom_id, Buffer.from(line).toString('latin1')]),
  });
  const told: InputIssue[] = [];
  const memory = new Uint8Array(size);
  for (let start = 0; start < bytes.length; start += size) {
    const part = bytes.subarray(start, start + size);
    memory.set(part);
    told.push(...validator.feed(memory.subarray(0, part.length)));
    memory.fill(0);
  }
  return { summary: validator.finish(), requests, told };
}

test('an input is the same at every chunk size, its issues included', () => {
  let good = 0;
  const codes = new Set<string>();
  for (let seed = 1; seed <= 40; seed += 1) {
    const bytes = randomInput(seed);
    const expected = checkInChunks(bytes, bytes.length);
    for (const { code } of expected.summary.issues) codes.add(code);
    if (expected.summary.issue_count === 0) good += 1;
    for (let size = 1; size < bytes.length; size += 1) {
      const { summary, requests, told } = checkInChunks(bytes, size);
      const isSame =
        JSON.stringify([summary, requests]) === JSON.stringify([expected.summary, expected.requests]);
      if (!isSame) expect({ seed, size, summary, requests }).toEqual({ seed, size, ...expected });
      // What is told on the way is what is told in the end, in the same order, as far as a line alone shows it.
      const kept = new Set(told.map((issue) => JSON.stringify(issue)));
      const inTheEnd = summary.issues.map((issue) => JSON.stringify(issue));
      expect(inTheEnd.filter((issue) => kept.has(issue))).toEqual([...kept]);
    }
  }
  expect(good).toBeGreaterThan(0);
  expect([...codes].toSorted()).toEqual([
    'duplicate_custom_id',
    'invalid_encoding',
    'invalid_json_line',
    'invalid_method',
    'invalid_request',
    'invalid_type',
    'invalid_url',
    'mismatched_model',
    'missing_required_parameter',
    'streaming_unsupported',
  ]);
});
