import { expect, test } from 'vitest';
import { splitLines } from '../../apps/server/src/storage/split-lines.ts';
import { createRandom } from '../shared/random.ts';

interface Line {
  line: number;
  offset: number;
  text: string;
}

/** What splitLines is to find, by the simplest means. */
function splitReference(document: string): Line[] {
  const found: Line[] = [];
  let offset = 0;
  for (const [index, raw] of document.split('\n').entries()) {
    const mark = index === 0 && raw.startsWith('\uFEFF') ? '\uFEFF' : '';
    const text = raw.slice(mark.length).replace(/\r$/, '');
    if (!/^[ \t]*$/.test(text))
      found.push({ line: index + 1, offset: offset + Buffer.byteLength(mark), text });
    offset += Buffer.byteLength(raw) + 1;
  }
  return found;
}

/** A document as it arrives over a network: in chunks of one size. */
async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size);
}

async function split(document: string, size: number): Promise<Line[]> {
  const found: Line[] = [];
  for await (const { line, offset, bytes } of splitLines(inChunks(Buffer.from(document), size))) {
    found.push({ line, offset, text: Buffer.from(bytes).toString() });
  }
  return found;
}

const LINES = ['', '', ' ', '\t ', '{}', ' {"a":1}', '{"é":"😀"}', 'x', '\uFEFF', '{"b":"\u2028"}', 'a\rb'];
const BREAKS = ['\n', '\n', '\r\n'];

function randomDocument(seed: number): string {
  const random = createRandom(seed);
  let document = random.pick(['', '\uFEFF']);
  for (let count = random.below(8); count > 0; count -= 1)
    document += random.pick(LINES) + random.pick(BREAKS);
  return document + random.pick(['', '', ...LINES]);
}

test('random documents are cut into the same lines at every chunk size', async () => {
  for (let seed = 1; seed <= 250; seed += 1) {
    const document = randomDocument(seed);
    const bytes = Buffer.from(document);
    const expected = splitReference(document);
    for (let size = 1; size <= bytes.length + 1; size += 1) {
      const lines = await split(document, size);
      expect({ document, size, lines }).toEqual({ document, size, lines: expected });
    }
    for (const { offset, text } of expected) {
      expect(bytes.subarray(offset, offset + Buffer.byteLength(text)).toString()).toBe(text);
    }
  }
});

test.each([
  ['', []],
  ['\n\n\n', []],
  ['\uFEFF', []],
  ['\uFEFF\r\n', []],
  ['a', [{ line: 1, offset: 0, text: 'a' }]],
  ['a\n', [{ line: 1, offset: 0, text: 'a' }]],
  [
    '\uFEFFa\r\n\r\nb',
    [
      { line: 1, offset: 3, text: 'a' },
      { line: 3, offset: 8, text: 'b' },
    ],
  ],
])('%j has the lines %o', async (document, expected) => {
  expect(await split(document, 2)).toEqual(expected);
});

test('chunks without bytes change nothing', async () => {
  async function* chunks() {
    for (const text of ['', 'a', '', 'b\n', '', 'c', '']) yield Buffer.from(text);
  }
  const texts: string[] = [];
  for await (const { bytes } of splitLines(chunks())) texts.push(Buffer.from(bytes).toString());
  expect(texts).toEqual(['ab', 'c']);
});

test('what the source throws reaches whoever reads, after the lines before it', async () => {
  const broken = new Error('The connection is gone.');
  async function* chunks() {
    yield Buffer.from('a\nb');
    throw broken;
  }
  const texts: string[] = [];
  const reading = (async () => {
    for await (const { bytes } of splitLines(chunks())) texts.push(Buffer.from(bytes).toString());
  })();
  await expect(reading).rejects.toBe(broken);
  expect(texts).toEqual(['a']);
});
