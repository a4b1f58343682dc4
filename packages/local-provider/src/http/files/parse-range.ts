/** A part of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a `Range` header for a file of `size` bytes: null when the whole file is to be sent (no header, or one that asks
 * for several parts or in another unit, which a server may leave aside), 'unsatisfiable' when nothing of it is there.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || match[0] === 'bytes=-') return null;
  const [, first, last] = match;
  if (first === '') return Number(last) === 0 ? 'unsatisfiable' : toEnd(size - Number(last), size);
  if (last !== '' && Number(last) < Number(first)) return null;
  const range = toEnd(Number(first), size);
  if (range === 'unsatisfiable' || last === '') return range;
  return { ...range, end: Math.min(range.end, Number(last)) };
}

function toEnd(start: number, size: number): ByteRange | 'unsatisfiable' {
  return start >= size ? 'unsatisfiable' : { start: Math.max(0, start), end: size - 1 };
}
