/** A small deterministic generator (mulberry32): numbers in [0, 1), the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A 32-bit hash of a text (FNV-1a), good enough to seed a generator. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * The numbers 0 to `length - 1` in an order that depends only on `seed`, and that is never the sorted one
 * when there are at least two: nobody may come to rely on the order of the input.
 */
export function shuffledIndexes(length: number, seed: number): Uint32Array {
  const random = createRandom(seed);
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let index = length - 1; index > 0; index--) swap(order, index, Math.floor(random() * (index + 1)));
  if (length > 1 && order.every((value, index) => value === index)) swap(order, 0, length - 1);
  return order;
}

function swap(order: Uint32Array, left: number, right: number): void {
  const kept = order[left] ?? 0;
  order[left] = order[right] ?? 0;
  order[right] = kept;
}
