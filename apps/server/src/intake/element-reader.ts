/** Finds the ends of JSON values in bytes that come cut anywhere, and copies them out as lines. */
export interface ElementReader {
  /** Begins a value with its first byte, which is still to be read. */
  begin(firstByte: number): void;
  /** Reads on from `start`. Returns where the value ends in this chunk, -1 when it goes on in the next. */
  read(chunk: Uint8Array, start: number): number;
  /** Makes room for what may come of a chunk of so many bytes. */
  makeRoom(chunkBytes: number): void;
  /** What was copied since the last call; valid until the next `read`. */
  takeLines(): Uint8Array;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const SPACE = 0x20;
/** A control character, which JSON allows in strings no more than a line feed. */
const NOT_IN_STRINGS = 0x01;
/** Bytes after which a search by the engine is faster than ours. */
const SHORT = 16;

/**
 * Values keep their bytes, but for line feeds between tokens, which become spaces: the value has to fit on a line. That a
 * value is JSON at all is for the validator to find: here brackets of any kind are only counted.
 */
export function createElementReader(onLineFeed: (at: number) => void): ElementReader {
  let lines = new Uint8Array(1 << 17);
  let length = 0;
  let depth = 0;
  let isScalar = false;
  let isInString = false;
  /** Whether the chunk before ended with a backslash that takes the next byte along. */
  let isEscaped = false;

  function begin(firstByte: number): void {
    depth = 0;
    isInString = false;
    isScalar = firstByte !== 0x7b && firstByte !== 0x5b && firstByte !== QUOTE;
  }

  function read(chunk: Uint8Array, start: number): number {
    const end = isScalar ? endOfScalar(chunk, start) : endOfValue(chunk, start);
    if (end === -1) return -1;
    lines[length++] = LINE_FEED;
    return end;
  }

  function endOfScalar(chunk: Uint8Array, start: number): number {
    let at = start;
    while (at < chunk.length && !isDelimiter(chunk[at]!)) at += 1;
    copy(chunk, start, at);
    return at < chunk.length ? at : -1;
  }

  function endOfValue(chunk: Uint8Array, start: number): number {
    let from = start;
    let at = start;
    while (at < chunk.length) {
      if (isInString) {
        at = endOfString(chunk, at);
        if (isInString || depth > 0) continue;
        copy(chunk, from, at);
        return at;
      }
      const byte = chunk[at]!;
      at += 1;
      if (byte === QUOTE) isInString = true;
      else if (byte === 0x7b || byte === 0x5b) depth += 1;
      else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth > 0) continue;
        copy(chunk, from, at);
        return at;
      } else if (byte === LINE_FEED) {
        copy(chunk, from, at - 1);
        lines[length++] = SPACE;
        onLineFeed(at - 1);
        from = at;
      }
    }
    copy(chunk, from, at);
    return -1;
  }

  /** Where a string ends, after its quote; the end of the chunk when it goes on. */
  function endOfString(chunk: Uint8Array, start: number): number {
    for (let at = start; !isEscaped && at < chunk.length && at < start + SHORT; at += 1) {
      if (chunk[at] === BACKSLASH) break;
      if (chunk[at] === QUOTE) return close(at);
    }
    let quote = start - 1;
    do quote = chunk.indexOf(QUOTE, quote + 1);
    while (quote !== -1 && isEscapedAt(chunk, quote, start));
    if (quote !== -1) return close(quote);
    isEscaped = isEscapedAt(chunk, chunk.length, start);
    return chunk.length;
  }

  function close(quote: number): number {
    isInString = false;
    isEscaped = false;
    return quote + 1;
  }

  /** Whether an odd number of backslashes stands before a place. */
  function isEscapedAt(chunk: Uint8Array, at: number, start: number): boolean {
    let first = at;
    while (first > start && chunk[first - 1] === BACKSLASH) first -= 1;
    const isOdd = (at - first) % 2 === 1;
    return first === start && isEscaped ? !isOdd : isOdd;
  }

  function copy(chunk: Uint8Array, from: number, to: number): void {
    const part = chunk.subarray(from, to);
    lines.set(part, length);
    // Those between tokens are gone by now. One in a string is a mistake, to be found in its own element.
    for (let at = part.indexOf(LINE_FEED); at !== -1; at = part.indexOf(LINE_FEED, at + 1)) {
      lines[length + at] = NOT_IN_STRINGS;
      onLineFeed(from + at);
    }
    length += part.length;
  }

  function makeRoom(chunkBytes: number): void {
    // One byte more than came in can go out: the break after an element that ended with the chunk before.
    if (lines.length < chunkBytes + 1) lines = new Uint8Array(chunkBytes + 1);
  }

  function takeLines(): Uint8Array {
    const taken = lines.subarray(0, length);
    length = 0;
    return taken;
  }

  return { begin, read, makeRoom, takeLines };
}

function isDelimiter(byte: number): boolean {
  return byte <= SPACE || byte === 0x2c || byte === 0x5d || byte === 0x7d || byte === 0x3a;
}
