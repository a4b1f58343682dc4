/** A line of JSONL as it stands in a stream of bytes. */
export interface SplitLine {
  /** 1-based, blank lines counted. */
  line: number;
  /** Bytes of the stream before it. */
  offset: number;
  /** Without line break, carriage return or byte order mark. Valid until the next `feed`. */
  bytes: Uint8Array;
}

/** What to do with lines, and which are too long to keep. */
export interface LineSplitterOptions {
  onLine: (line: SplitLine) => void;
  /** Bytes of the longest line that is kept; longer ones go to `onLongLine` without their bytes. */
  maxLineBytes?: number;
  onLongLine?: (line: number) => void;
}

/** Cuts bytes into lines as they come, keeping no more than the unfinished one. */
export interface LineSplitter {
  /** Takes the next bytes; they may be changed afterwards. */
  feed(chunk: Uint8Array): void;
  /** Ends the input: the last line needs no line break. */
  finish(): void;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** What may stand around the bytes of a line: a byte order mark and a carriage return. */
const AROUND_BYTES = BYTE_ORDER_MARK.length + 1;

/** Cuts JSONL into lines. Blank lines are counted and left out, a byte order mark at the start is no part of a line. */
export function createLineSplitter(options: LineSplitterOptions): LineSplitter {
  const { onLine, maxLineBytes = Infinity, onLongLine } = options;
  let parts: Uint8Array[] = [];
  let partBytes = 0;
  let line = 1;
  let offset = 0;

  function take(last: Uint8Array): void {
    const length = partBytes + last.length;
    if (length > maxLineBytes + AROUND_BYTES) onLongLine?.(line);
    else pass(partBytes === 0 ? last : join(parts, last, length));
    parts = [];
    partBytes = 0;
    line += 1;
    offset += length + 1;
  }

  function pass(whole: Uint8Array): void {
    const start = line === 1 && BYTE_ORDER_MARK.every((byte, index) => whole[index] === byte) ? 3 : 0;
    const end = whole.at(-1) === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
    const bytes = start === 0 && end === whole.length ? whole : whole.subarray(start, Math.max(start, end));
    if (bytes.length > maxLineBytes) onLongLine?.(line);
    else if (!isBlank(bytes)) onLine({ line, offset: offset + start, bytes });
  }

  function feed(chunk: Uint8Array): void {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      take(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start === chunk.length) return;
    // Of a line that is too long already only the length is of interest. A copy, which `slice` of Node's is not.
    if (partBytes <= maxLineBytes + AROUND_BYTES) parts.push(new Uint8Array(chunk.subarray(start)));
    else parts = [];
    partBytes += chunk.length - start;
  }

  return { feed, finish: () => take(new Uint8Array()) };
}

function join(parts: readonly Uint8Array[], last: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let end = 0;
  for (const part of [...parts, last]) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

function isBlank(bytes: Uint8Array): boolean {
  // Almost every line starts with "{": only what starts with a space needs a second look.
  const first = bytes[0];
  return first === undefined || (first <= 0x20 && bytes.every((byte) => byte === 0x20 || byte === 0x09));
}
