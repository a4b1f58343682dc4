import { createLineSplitter } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

type Found = [line: number, offset: number, text: string] | [line: number, 'long'];

/** What the splitter is to find, by the simplest means: the limit is that of the line alone. */
function splitReference(document: string, maxLineBytes: number): Found[] {
  const found: Found[] = [];
  let offset = 0;
  for (const [index, raw] of document.split('\n').entries()) {
    const mark = index === 0 && raw.startsWith('\uFEFF') ? '\uFEFF' : '';
    const text = raw.slice(mark.length).replace(/\r$/, '');
    if (Buffer.byteLength(text) > maxLineBytes) found.push([index + 1, 'long']);
    else if (!/^[ \t]*$/.test(text)) found.push([index + 1, offset + Buffer.byteLength(mark), text]);
    offset += Buffer.byteLength(raw) + 1;
  }
  return found;
}

/** What it finds in bytes that come in memory of one size, which is used for something else afterwards. */
function split(bytes: Uint8Array, size: number, maxLineBytes: number): Found[] {
  const found: Found[] = [];
  const splitter = createLineSplitter({
    maxLineBytes,
    onLine: ({ line, offset, bytes: text }) => found.push([line, offset, Buffer.from(text).toString()]),
    onLongLine: (line) => found.push([line, 'long']),
  });
  const memory = Buffer.alloc(size);
  for (let start = 0; start < bytes.length; start += size) {
    const part = bytes.subarray(start, start + size);
    memory.set(part);
    splitter.feed(memory.subarray(0, part.length));
    memory.fill('\n');
  }
  splitter.finish();
  return found;
}

const LINES = [
  '',
  ' \t',
  '{}',
  ' {"a":1}',
  '{"é":"😀"}',
  'x'.repeat(9),
  'x'.repeat(30),
  '\uFEFF',
  'a\rb',
  '\r',
];

function randomDocument(seed: number): string {
  const random = createRandom(seed);
  let document = random.pick(['', '\uFEFF']);
  for (let count = random.below(7); count > 0; count -= 1) {
    document += random.pick(LINES) + random.pick(['\n', '\r\n']);
  }
  return document + random.pick(LINES);
}

test('random documents are cut into the same lines at every chunk size, whatever becomes of the memory', () => {
  let longLines = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const document = randomDocument(seed);
    const bytes = Buffer.from(document);
    for (const maxLineBytes of [0, 8, 9, 10, 29, 1_000]) {
      const expected = splitReference(document, maxLineBytes);
      longLines += expected.filter((found) => found[1] === 'long').length;
      for (let size = 1; size <= bytes.length; size += 1) {
        const found = split(bytes, size, maxLineBytes);
        if (JSON.stringify(found) === JSON.stringify(expected)) continue;
        expect({ document, maxLineBytes, size, found }).toEqual({
          document,
          maxLineBytes,
          size,
          found: expected,
        });
      }
    }
  }
  expect(longLines).toBeGreaterThan(1_000);
});

test('without a limit there is no long line, and without anybody to tell a long line is left out', () => {
  const texts: string[] = [];
  const onLine = ({ bytes }: { bytes: Uint8Array }) => texts.push(Buffer.from(bytes).toString());
  for (const options of [{ onLine }, { onLine, maxLineBytes: 3 }]) {
    const splitter = createLineSplitter(options);
    for (const text of ['ab', 'cd', '\nef', 'g', '\n', 'hijk']) splitter.feed(Buffer.from(text));
    splitter.finish();
  }
  expect(texts).toEqual(['abcd', 'efg', 'hijk', 'efg']);
});
