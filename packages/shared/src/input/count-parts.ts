import { LIMITS } from '../limits.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;

/**
 * Whether a JSON text has more objects and lists than a request may have: each costs many times its bytes of memory, so
 * that 50 MB could become gigabytes.
 */
export function hasTooManyParts(json: Uint8Array): boolean {
  // Nearly all are too short for that.
  if (json.length <= LIMITS.requestParts) return false;
  let parts = 0;
  for (let at = 0; at < json.length && parts <= LIMITS.requestParts; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at + 1);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) parts += 1;
  }
  return parts > LIMITS.requestParts;
}

/** Where the quote is that ends a string. */
function endOfString(json: Uint8Array, start: number): number {
  let at = json.indexOf(QUOTE, start);
  while (at !== -1 && isEscaped(json, at)) at = json.indexOf(QUOTE, at + 1);
  return at === -1 ? json.length : at;
}

function isEscaped(json: Uint8Array, at: number): boolean {
  let first = at;
  while (json[first - 1] === BACKSLASH) first -= 1;
  return (at - first) % 2 === 1;
}
