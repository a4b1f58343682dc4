/** A line of JSONL as it stands in a file. */
export interface JsonlLine {
  /** 1-based, blank lines counted. */
  line: number;
  /** Bytes of the file before it. */
  offset: number;
  /** Without line break, carriage return or byte order mark. */
  bytes: Uint8Array;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Cuts a stream of bytes into lines, keeping no more than the current one. Blank lines are counted and left out; the
 * last line needs no line break.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonlLine> {
  let parts: Uint8Array[] = [];
  let line = 1;
  let offset = 0;

  function take(last: Uint8Array): JsonlLine | null {
    const whole = parts.length === 0 ? asBuffer(last) : Buffer.concat([...parts, last]);
    parts = [];
    const start = line === 1 && whole.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
    const end = whole.at(-1) === CARRIAGE_RETURN ? whole.length - 1 : whole.length;
    const bytes = whole.subarray(start, Math.max(start, end));
    const taken = isBlank(bytes) ? null : { line, offset: offset + start, bytes };
    line += 1;
    offset += whole.length + 1;
    return taken;
  }

  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      const taken = take(chunk.subarray(start, end));
      start = end + 1;
      if (taken) yield taken;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  const last = take(new Uint8Array());
  if (last) yield last;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isBlank(bytes: Uint8Array): boolean {
  // Almost every line starts with "{": only what starts with a space needs a second look.
  const first = bytes[0];
  return first === undefined || (first <= 0x20 && bytes.every((byte) => byte === 0x20 || byte === 0x09));
}
