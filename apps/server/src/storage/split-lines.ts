import { createLineSplitter } from '@batchdesk/shared';
import type { SplitLine } from '@batchdesk/shared';
import { createBufferCount } from '../free-buffers.ts';

/** A line of JSONL as it stands in a file. */
export type JsonlLine = SplitLine;

/** Cuts a stream of bytes into lines, keeping no more than those of one chunk and the unfinished one. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<JsonlLine> {
  let lines: JsonlLine[] = [];
  const splitter = createLineSplitter({ onLine: (line) => void lines.push(line) });
  const countUsed = createBufferCount();
  for await (const chunk of chunks) {
    splitter.feed(chunk);
    yield* lines;
    lines = [];
    countUsed(chunk.length);
  }
  splitter.finish();
  yield* lines;
}
