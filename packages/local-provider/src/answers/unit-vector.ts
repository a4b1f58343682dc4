import { createRandom } from '../random.ts';

/** Vectors are cut into blocks of equal signs, so that thousands of them can be written from ready texts. */
const blockCount = 32;

interface Base {
  numbers: Float32Array;
  /** For each block, its numbers as JSON text: as they are, and with the other sign. */
  texts: { start: number; end: number; plain: string; negated: string }[];
}

/** A cache, nothing more: what is in it follows from its key. Small, as few numbers of dimensions are in use at once. */
const bases = new Map<number, Base>();
const maxBases = 8;

/** One fixed vector of length 1 for each number of dimensions; all others are that one with signs changed. */
function baseFor(dimensions: number): Base {
  const known = bases.get(dimensions);
  if (known) return known;
  const random = createRandom(dimensions);
  const raw = Array.from({ length: dimensions }, () => random() - 0.5);
  const norm = Math.hypot(...raw) || 1;
  const numbers = Float32Array.from(raw, (value) => Number((value / norm).toPrecision(7)));
  const texts = [];
  const blockLength = Math.ceil(dimensions / blockCount);
  for (let start = 0; start < dimensions; start += blockLength) {
    const end = Math.min(dimensions, start + blockLength);
    const values = [...numbers.subarray(start, end)].map((value) => Number(value.toPrecision(7)));
    texts.push({ start, end, plain: values.join(','), negated: values.map((value) => -value).join(',') });
  }
  const base = { numbers, texts };
  if (bases.size >= maxBases) bases.clear();
  bases.set(dimensions, base);
  return base;
}

/** The JSON text of the vector that belongs to a 32-bit hash, in pieces that all vectors share. */
export function vectorAsJson(dimensions: number, hash: number): string[] {
  const parts = ['['];
  baseFor(dimensions).texts.forEach(({ plain, negated }, block) => {
    if (block > 0) parts.push(',');
    parts.push((hash >>> block) & 1 ? negated : plain);
  });
  parts.push(']');
  return parts;
}

/** The same vector as OpenAI encodes it for `encoding_format: "base64"`: little-endian 32-bit floats. */
export function vectorAsBase64(dimensions: number, hash: number): string {
  const { numbers, texts } = baseFor(dimensions);
  const bytes = Buffer.allocUnsafe(dimensions * 4);
  texts.forEach(({ start, end }, block) => {
    const sign = (hash >>> block) & 1 ? -1 : 1;
    for (let index = start; index < end; index++) bytes.writeFloatLE(sign * (numbers[index] ?? 0), index * 4);
  });
  return bytes.toString('base64');
}
