import { isUtf8 } from 'node:buffer';

/** Checks a stream of bytes for being UTF-8. */
export interface Utf8Check {
  /** False as soon as the bytes so far cannot be UTF-8. */
  push(chunk: Buffer): boolean;
  /** Call at the end: false if a character is cut off. */
  end(): boolean;
}

/** A check that carries at most three bytes from one chunk to the next. */
export function createUtf8Check(): Utf8Check {
  let carried: Buffer = Buffer.alloc(0);
  let isValid = true;
  return {
    push(chunk) {
      const bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk;
      const cut = startOfIncompleteCharacter(bytes);
      isValid &&= isUtf8(bytes.subarray(0, cut));
      carried = Buffer.from(bytes.subarray(cut));
      return isValid;
    },
    end: () => isValid && carried.length === 0,
  };
}

/** Where a character starts whose last bytes are still to come; the length if there is none. */
function startOfIncompleteCharacter(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}
