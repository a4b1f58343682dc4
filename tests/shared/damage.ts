import type { Random } from './random.ts';

const BYTES = [...Buffer.from('"\\{}[],:0-.x \n\r\t\0'), 0x80, 0xc3, 0xf0, 0xff];

/** Changes bytes here and there: dropped, doubled, others put in their place, the rest cut off. */
export function damage(bytes: Uint8Array, random: Random): Uint8Array {
  const damaged = [...bytes];
  for (let changes = random.below(3); changes >= 0; changes -= 1) {
    const at = random.below(damaged.length + 1);
    const kind = random.below(6);
    if (kind === 0) damaged.splice(at, 1 + random.below(3));
    else if (kind === 1) damaged.splice(at, 0, ...damaged.slice(at, at + 1 + random.below(8)));
    else if (kind === 2) damaged.splice(at, 1, (damaged[at] ?? 0) ^ (1 << random.below(8)));
    else if (kind === 3) damaged.splice(at, 1, random.pick(BYTES));
    else if (kind === 4) damaged.splice(at, 0, random.pick(BYTES));
    else if (random.below(3) === 0) damaged.length = Math.min(at, damaged.length);
  }
  return Uint8Array.from(damaged);
}
