/** Where each id came first, without the ids. */
export interface IdIndex {
  /** Adds an id. Returns the line of the first that is the same, `null` for one that is new. */
  add(id: string, line: number): number | null;
}

/** One of the tables: hash, hash, line, over and over; line 0 is an empty place. */
interface Shard {
  words: Uint32Array;
  places: number;
  used: number;
}

const WORDS = 3;
const SHARDS = 64;
const FIRST_PLACES = 32;
/** Beyond it, what could not be put where its hash says makes searches long. */
const FULLEST = 0.8;
const MAX_LINE = 0xffff_ffff;

/**
 * Compares 64 bits of hash for each id: 12 bytes a place, 20 to 24 bytes an id. That two of n different ids are taken for
 * the same has a probability of n² / 2^65: 1 in 37,000,000 for a million, 1 in 3,700 for a hundred million. The hash is
 * seeded by chance: no input can be made to be slow, and one that was refused by mistake passes the next time.
 */
export function createIdIndex(): IdIndex {
  const seed = Math.floor(Math.random() * 2 ** 32) | 0;
  // Each grows by itself, and at another time than the others: no large copy, and never all of them half empty.
  const shards = Array.from({ length: SHARDS }, (_, index) =>
    createShard(Math.round(FIRST_PLACES * 2 ** (index / SHARDS))),
  );

  /** Hashes of 32 bits, two characters a step; the two have only the mixing of the input in common (after MurmurHash3). */
  function add(id: string, line: number): number | null {
    let first = seed;
    let second = ~seed;
    const { length } = id;
    for (let at = 0; at < length; at += 2) {
      const next = at + 1 < length ? id.charCodeAt(at + 1) : 0;
      let word = Math.imul(id.charCodeAt(at) | (next << 16), 0xcc9e2d51);
      word ^= word >>> 15;
      first = Math.imul(((first << 13) | (first >>> 19)) ^ word, 0x9e3779b1);
      second = Math.imul(((second << 17) | (second >>> 15)) ^ word, 0x85ebca6b);
    }
    // The length tells an odd one from one that ends with a NUL.
    first = mix(first ^ length);
    second = mix(second ^ length);
    const shard = shards[second & (SHARDS - 1)]!;
    const place = find(shard, first, second);
    const firstLine = shard.words[place + 2]!;
    if (firstLine > 0) return firstLine;
    put(shard.words, place, [first, second, Math.min(line, MAX_LINE)]);
    shard.used += 1;
    if (shard.used > FULLEST * shard.places) grow(shard);
    return null;
  }

  return { add };
}

function createShard(places: number): Shard {
  return { words: new Uint32Array(WORDS * places), places, used: 0 };
}

/** The place of two hashes, or the empty one where they belong. */
function find({ words, places }: Shard, first: number, second: number): number {
  const end = WORDS * places;
  let place = WORDS * Math.floor(((first >>> 0) / 2 ** 32) * places);
  while (words[place + 2] !== 0 && ((words[place]! ^ first) !== 0 || (words[place + 1]! ^ second) !== 0)) {
    place += WORDS;
    if (place === end) place = 0;
  }
  return place;
}

function put(words: Uint32Array, place: number, [first, second, line]: [number, number, number]): void {
  words[place] = first;
  words[place + 1] = second;
  words[place + 2] = line;
}

function grow(shard: Shard): void {
  const old = shard.words;
  shard.places *= 2;
  shard.words = new Uint32Array(WORDS * shard.places);
  for (let at = 0; at < old.length; at += WORDS) {
    const first = old[at]!;
    const second = old[at + 1]!;
    const line = old[at + 2]!;
    if (line > 0) put(shard.words, find(shard, first, second), [first, second, line]);
  }
}

/** Each bit of the input changes about half of those of the result. */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
