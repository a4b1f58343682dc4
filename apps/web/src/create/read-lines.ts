import { findMark } from './line-index.ts';
import type { LineIndex } from './line-index.ts';
import { readChunks } from './read-chunks.ts';

/** A line to show. */
export interface ShownLine {
  /** 1-based, blank lines counted. */
  line: number;
  /** Without its line break; bytes that are no UTF-8 are shown as `�`. */
  text: string;
  /** Whether there is more of it than is shown. */
  isCut: boolean;
}

/** Which lines to read, and how much of each. */
export interface ReadLinesOptions {
  /** 1-based. */
  fromLine: number;
  count: number;
  /** UTF-16 characters of a line that are shown. */
  maxCharacters?: number;
  /** Stops the reading; the promise is rejected with its reason. */
  signal?: AbortSignal | undefined;
}

const MAX_CHARACTERS = 2_000;
/** Of a character in UTF-8. */
const MOST_BYTES = 4;
const LINE_FEED = 10;

/**
 * Reads some lines of a blob of any size, from the nearest line of its index. Fewer where the blob ends, none beyond it.
 * Only what is shown of a line is kept. Rejected with an `InputError` when the file was changed meanwhile.
 */
export async function readLines(
  blob: Blob,
  index: LineIndex,
  { fromLine, count, maxCharacters = MAX_CHARACTERS, signal }: ReadLinesOptions,
): Promise<ShownLine[]> {
  const mark = findMark(index, fromLine);
  const maxBytes = MOST_BYTES * (maxCharacters + 2);
  const lines: ShownLine[] = [];
  let line = mark.line;
  const kept = new Uint8Array(maxBytes);
  let keptBytes = 0;
  let lineBytes = 0;

  function keep(bytes: Uint8Array): void {
    lineBytes += bytes.length;
    if (line < fromLine) return;
    const part = bytes.subarray(0, maxBytes - keptBytes);
    kept.set(part, keptBytes);
    keptBytes += part.length;
  }

  function endLine(): void {
    const isWhole = keptBytes === lineBytes;
    if (line >= fromLine)
      lines.push({ line, ...toText(kept.subarray(0, keptBytes), isWhole, maxCharacters) });
    line += 1;
    keptBytes = 0;
    lineBytes = 0;
  }

  for await (const chunk of readChunks(blob.slice(mark.offset))) {
    signal?.throwIfAborted();
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end));
      endLine();
      if (lines.length >= count) return lines;
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (lineBytes > 0) endLine();
  return lines;
}

/** The one line of a blob, `null` beyond its end; see `readLines`. */
export async function findLine(
  blob: Blob,
  index: LineIndex,
  options: Omit<ReadLinesOptions, 'fromLine' | 'count'> & { line: number },
): Promise<ShownLine | null> {
  const { line, ...more } = options;
  const [found] = await readLines(blob, index, { ...more, fromLine: line, count: 1 });
  return found ?? null;
}

function toText(bytes: Uint8Array, isWhole: boolean, maxCharacters: number): Omit<ShownLine, 'line'> {
  const text = new TextDecoder().decode(bytes).replace(/\r$/, '');
  const isCut = !isWhole || text.length > maxCharacters;
  // Half of a surrogate pair is no character.
  return { text: isCut ? text.slice(0, maxCharacters).replace(/[\uD800-\uDBFF]$/, '') : text, isCut };
}
