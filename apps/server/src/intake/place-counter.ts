import { isAscii } from 'node:buffer';
import type { BodyPlace } from './envelope.ts';

/** Tells places in a body that comes in chunks. */
export interface PlaceCounter {
  /** Takes the next chunk; places in it can be asked for until `end`. */
  begin(chunk: Uint8Array): void;
  noteLineFeed(at: number): void;
  /** The place of a byte of the chunk, of the end of what has come so far with 0 after `end`. */
  placeOf(at: number): BodyPlace;
  end(): void;
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const NO_CHUNK = new Uint8Array();

/** Counts from the start of a body. */
export function createPlaceCounter(): PlaceCounter {
  let chunk: Uint8Array = NO_CHUNK;
  /** Characters before this chunk, and before the line that was open when it came. */
  let before = 0;
  let lineStart = 0;
  let lineFeeds = 0;
  /** Where in this chunk the line began, `null` when it was before. */
  let lineAt: number | null = null;
  let received = 0;
  let markBytes = 0;

  function begin(next: Uint8Array): void {
    chunk = next;
    if (received >= BYTE_ORDER_MARK.length) return;
    for (let at = 0; at < next.length && received + at < BYTE_ORDER_MARK.length; at += 1) {
      if (next[at] === BYTE_ORDER_MARK[received + at]) markBytes += 1;
    }
    if (markBytes === BYTE_ORDER_MARK.length) before -= 1;
  }

  const startOfLine = () =>
    lineAt === null ? lineStart : before + countCharacters(chunk.subarray(0, lineAt));

  return {
    begin,
    noteLineFeed(at) {
      lineFeeds += 1;
      lineAt = at + 1;
    },
    placeOf(at) {
      const position = before + countCharacters(chunk.subarray(0, at));
      return { position, line: lineFeeds + 1, column: position - startOfLine() + 1 };
    },
    end() {
      lineStart = startOfLine();
      const rest = countCharacters(chunk.subarray(lineAt ?? 0));
      before = (lineAt === null ? before : lineStart) + rest;
      received += chunk.length;
      lineAt = null;
      chunk = NO_CHUNK;
    },
  };
}

/** Characters as JavaScript counts them, so that places are those that `JSON.parse` would tell. */
function countCharacters(utf8: Uint8Array): number {
  if (isAscii(utf8)) return utf8.length;
  let count = 0;
  // By index: four times as fast as `for … of`, and 200 MB may come.
  for (let at = 0; at < utf8.length; at += 1) {
    const byte = utf8[at]!;
    count += (byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
  }
  return count;
}
