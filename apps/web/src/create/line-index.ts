/** The start of a line: its 1-based number, and the bytes before it. */
export interface LineMark {
  line: number;
  offset: number;
}

/** Where some of the lines of a blob start, by offset: from the nearest any other is found. */
export type LineIndex = readonly LineMark[];

/** Notes where lines start as bytes come in. */
export interface LineIndexer {
  /** Takes the next bytes. */
  feed(chunk: Uint8Array): void;
  readonly marks: LineIndex;
}

/** Bytes between two marks: what is read in vain to get to a line. A gigabyte has 4,000 marks. */
const SPACING_BYTES = 262_144;
const LINE_FEED = 10;

/** Starts at the first line. Between two marks there is one line, or at least 256 KiB. */
export function createLineIndexer(): LineIndexer {
  const marks: LineMark[] = [{ line: 1, offset: 0 }];
  let line = 1;
  let offset = 0;
  let nextMark = SPACING_BYTES;

  function feed(chunk: Uint8Array): void {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) {
      line += 1;
      const start = offset + at + 1;
      if (start < nextMark) continue;
      marks.push({ line, offset: start });
      nextMark = start + SPACING_BYTES;
    }
    offset += chunk.length;
  }

  return { feed, marks };
}

/** The last mark that is not behind a line. */
export function findMark(index: LineIndex, line: number): LineMark {
  let low = 0;
  let high = index.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (index[middle]!.line <= line) low = middle;
    else high = middle - 1;
  }
  return index[low] ?? { line: 1, offset: 0 };
}
