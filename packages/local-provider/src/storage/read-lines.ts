import { open } from 'node:fs/promises';

import { maxLineBytes } from '../limits.ts';

/** One line of a file, without its line feed. */
export interface Line {
  /** Counts from 1. */
  number: number;
  /** Where it starts in the file, in bytes. */
  offset: number;
  /** Null if the line is longer than the limit: it was skipped, not kept. */
  bytes: Buffer | null;
}

const chunkBytes = 262_144;
const lineFeed = 0x0a;

/**
 * Reads a file a chunk at a time and yields the lines that each chunk completes. Holds one chunk and the line that
 * is being put together, whatever the size of the file. The bytes are valid until the next step.
 */
export async function* readLines(path: string): AsyncGenerator<Line[]> {
  const handle = await open(path, 'r');
  let position = 0;
  let number = 1;
  let lineStart = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;

  function complete(end: Buffer): Line {
    const isTooLong = pendingBytes + end.length > maxLineBytes;
    const bytes = isTooLong ? null : pending.length > 0 ? Buffer.concat([...pending, end]) : end;
    const line = { number, offset: lineStart, bytes };
    lineStart += pendingBytes + end.length + 1;
    number++;
    pending = [];
    pendingBytes = 0;
    return line;
  }

  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(chunkBytes), position });
      if (bytesRead === 0) break;
      position += bytesRead;
      const chunk = buffer.subarray(0, bytesRead);
      const lines: Line[] = [];
      let start = 0;
      for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
        lines.push(complete(chunk.subarray(start, at)));
        start = at + 1;
      }
      const rest = chunk.subarray(start);
      if (pendingBytes + rest.length <= maxLineBytes) pending.push(rest);
      else pending = [];
      pendingBytes += rest.length;
      yield lines;
    }
    if (pendingBytes > 0) yield [complete(Buffer.alloc(0))];
  } finally {
    await handle.close();
  }
}
