import { BatchdeskError } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { createRequestCutter } from '../../apps/server/src/intake/cut-requests.ts';
import { damage } from '../shared/damage.ts';
import { firstInvalidToken } from '../shared/first-invalid-token.ts';
import { createRandom } from '../shared/random.ts';
import { createBodyWriter } from './random-body.ts';
import { isInElement } from './where-in-body.ts';

interface Cut {
  body: unknown;
  lines: string[];
}

const decode = (bytes: Uint8Array) =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

/** What the cutter makes of a body that comes in chunks of one size, in memory that is used again. */
function cut(bytes: Uint8Array, size: number): Cut {
  const cutter = createRequestCutter();
  const memory = new Uint8Array(size);
  let output = '';
  for (let start = 0; start < bytes.length; start += size) {
    const part = bytes.subarray(start, start + size);
    memory.set(part);
    output += Buffer.from(cutter.feed(memory.subarray(0, part.length))).toString('latin1');
    memory.fill(0x22);
  }
  const body = cutter.finish();
  const lines = decode(Buffer.from(output, 'latin1')).split('\n');
  expect(lines.pop()).toBe('');
  return { body, lines };
}

/** What the whole body says, the elements aside. */
function parseWhole(text: string): { body: unknown; elements: unknown[] | null } {
  const body: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  const { requests } = (body ?? {}) as { requests?: unknown };
  if (!Array.isArray(requests)) return { body, elements: null };
  return { body: { ...(body as object), requests: [] }, elements: requests };
}

test('random bodies are taken apart as JSON.parse reads them, at every chunk size', () => {
  const { body: write } = createBodyWriter(createRandom(1));
  let longest = 0;
  for (let count = 0; count < 150; count += 1) {
    const { text, elements } = write();
    const bytes = Buffer.from(text);
    const whole = parseWhole(text);
    const lines = (elements ?? []).map((element) => element.replaceAll('\n', ' '));
    expect(lines.map((line) => JSON.parse(line))).toEqual(whole.elements ?? []);
    for (let size = 1; size <= bytes.length; size += 1) {
      // Compared as text first, which is quicker.
      const found = cut(bytes, size);
      if (JSON.stringify(found) === JSON.stringify({ body: whole.body, lines })) continue;
      expect({ text, size, ...found }).toEqual({ text, size, body: whole.body, lines });
    }
    longest = Math.max(longest, bytes.length);
  }
  expect(longest).toBeGreaterThan(500);
});

/** What is wrong with a body, by the simplest means; `null` for one that is JSON. */
function explainWhole(bytes: Uint8Array): { text: string | null } | null {
  let text: string | null = null;
  try {
    text = decode(bytes).replace(/^\uFEFF/, '');
    JSON.parse(text);
    return null;
  } catch {
    return { text };
  }
}

/** What the cutter says, and JSON.parse of each line. */
function explainCut(bytes: Uint8Array, size: number): { error: unknown; cut?: Cut } | null {
  let found: Cut | undefined;
  try {
    found = cut(bytes, size);
    for (const line of found.lines) JSON.parse(line);
    return null;
  } catch (error) {
    const isRefusal = [BatchdeskError, SyntaxError, TypeError].some((kind) => error instanceof kind);
    if (!isRefusal) throw error;
    return { error, ...(found ? { cut: found } : {}) };
  }
}

describe('bodies that are damaged at random', () => {
  const random = createRandom(2);
  const { body: write } = createBodyWriter(random);
  const damaged = Array.from({ length: 6_000 }, () => damage(Buffer.from(write().text), random));
  // An empty body is no error here: what is missing in it is told later.
  const bodies = damaged.filter((bytes) => Buffer.from(bytes).toString().trim() !== '');
  const sizes = [1, 2, 3, 7, 16, 61, 10_000];

  test('are refused when JSON.parse refuses them, and only then', () => {
    let refused = 0;
    for (const [index, bytes] of bodies.entries()) {
      const size = sizes[index % sizes.length]!;
      const whole = explainWhole(bytes);
      const found = explainCut(bytes, size);
      const text = Buffer.from(bytes).toString();
      expect({ text, size, isRefused: found !== null }).toEqual({ text, size, isRefused: whole !== null });
      if (found) refused += 1;
    }
    expect(refused).toBeGreaterThan(3_000);
    expect(bodies.length - refused).toBeGreaterThan(500);
  });

  test('are refused with the place where they go wrong, when that is outside of the elements', () => {
    let compared = 0;
    for (const [index, bytes] of bodies.entries()) {
      const text = explainWhole(bytes)?.text;
      if (text === null || text === undefined) continue;
      const expected = firstInvalidToken(text);
      if (isInElement(text, expected)) continue;
      const { error } = explainCut(bytes, sizes[index % sizes.length]!)!;
      if (!(error instanceof BatchdeskError)) throw error;
      const { position: bytesBefore, line, column } = error.details as Record<string, number>;
      const start = Buffer.from(bytes).subarray(0, bytesBefore);
      const before = start.toString('latin1').split('\n');
      const position = start.toString().replace(/^\uFEFF/, '').length;
      // Half a word can be good JSON: the whole word is the token then.
      const isThere = position <= expected && /^[\w.+-]*$/.test(text.slice(position, expected));
      const place = {
        text,
        code: error.code,
        param: error.param,
        details: error.details,
        line,
        column,
        position,
        expected,
      };
      expect({ ...place, isThere }).toEqual({
        ...place,
        code: 'invalid_json',
        line: before.length,
        column: before.at(-1)!.length + 1,
        isThere: true,
      });
      compared += 1;
    }
    expect(compared).toBeGreaterThan(1_500);
  });
});

test('a list that is there twice is refused, a list and something else is read as JSON.parse reads it', () => {
  const twice = Buffer.from(String.raw`{"requests":[1],"reque\u0073ts":[2]}`);
  for (let size = 1; size <= twice.length; size += 1) {
    expect(explainCut(twice, size)?.error).toMatchObject({ code: 'invalid_value', param: 'requests' });
  }
  for (const text of ['{"requests":[1],"requests":5}', '{"requests":5,"requests":[1]}']) {
    expect(cut(Buffer.from(text), 5).body).toEqual(parseWhole(text).body);
  }
});

test.each(['\uFEFF1', 'x', '}', ':', ',', 'é', '+1'])('%j begins no element', (element) => {
  for (const text of [`{"requests":[${element}]}`, `{"requests":[1,${element}]}`]) {
    expect(explainCut(Buffer.from(text), 3)?.error).toMatchObject({ code: 'invalid_json' });
  }
});

test.each([
  ['{"requests":{"requests":[1]}}'],
  ['[{"requests":[1]}]'],
  ['{"a":"requests","b":[1]}'],
  ['{"a":["requests"],"b":[1]}'],
  ['{"requests ":[1]}'],
  ['["requests",[1]]'],
])('nothing is cut out of %s', (text) => {
  const bytes = Buffer.from(text);
  for (let size = 1; size <= bytes.length; size += 1) {
    expect(cut(bytes, size)).toEqual({ body: JSON.parse(text), lines: [] });
  }
});
