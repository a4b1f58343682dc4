import { open } from 'node:fs/promises';

import { hashText, shuffledIndexes } from '../random.ts';
import { lineText } from '../storage/line-text.ts';

/** One line of the input. */
export interface ShuffledLine {
  /** Where it starts in the file, in bytes. */
  offset: number;
  text: string;
}

/**
 * Yields the lines of an input file in an order that depends on `seed` only: groups of neighbours in a shuffled
 * order, and the lines of each in a shuffled order. Holds one group at a time.
 */
export async function* readShuffled(
  path: string,
  groups: readonly number[],
  seed: string,
): AsyncGenerator<ShuffledLine[]> {
  const handle = await open(path, 'r');
  try {
    for (const group of shuffledIndexes(groups.length / 3, hashText(seed))) {
      const offset = groups[group * 3] ?? 0;
      const length = groups[group * 3 + 1] ?? 0;
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, offset);
      // A disk may give less than was asked; an input that was cut short would be lost without this.
      if (bytesRead < length) throw new Error(`The batch input ${path} is shorter than it was.`);
      const lines = splitLines(buffer, offset);
      const order = shuffledIndexes(lines.length, hashText(`${seed} ${offset}`));
      yield Array.from(order, (index) => lines[index]).filter((line) => line !== undefined);
    }
  } finally {
    await handle.close();
  }
}

function splitLines(buffer: Buffer, offset: number): ShuffledLine[] {
  const lines: ShuffledLine[] = [];
  for (let start = 0; start < buffer.length;) {
    const at = buffer.indexOf(0x0a, start);
    const end = at === -1 ? buffer.length : at;
    const text = lineText(buffer.subarray(start, end));
    if (text !== '') lines.push({ offset: offset + start, text });
    start = end + 1;
  }
  return lines;
}
