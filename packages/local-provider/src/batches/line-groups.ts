/** Small enough to be held and shuffled in memory, large enough that a file is read in a few hundred reads. */
const maxGroupBytes = 1_048_576;
const maxGroupLines = 512;

/** Gathers the lines of a file into groups of neighbours. */
export interface LineGrouper {
  /** Three numbers a group: offset and length in bytes, and lines. */
  readonly groups: number[];
  /** Adds the next line. A line larger than a group is a group by itself. */
  add(offset: number, bytes: number): void;
}

/** A grouper without lines. Its result is small whatever the file: a few hundred groups for the largest one. */
export function createLineGrouper(): LineGrouper {
  const groups: number[] = [];
  return {
    groups,
    add(offset, bytes) {
      const last = groups.length - 3;
      const start = groups[last] ?? 0;
      const isRoom =
        last >= 0 && offset + bytes - start <= maxGroupBytes && (groups[last + 2] ?? 0) < maxGroupLines;
      if (isRoom) {
        groups[last + 1] = offset + bytes - start;
        groups[last + 2] = (groups[last + 2] ?? 0) + 1;
      } else {
        groups.push(offset, bytes, 1);
      }
    },
  };
}
