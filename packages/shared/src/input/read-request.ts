import { isJsonObject } from './check-request.ts';
import type { JsonObject } from './check-request.ts';

/** Faster means than those that every host has. */
export interface FastText {
  /** Whether bytes are UTF-8. */
  isUtf8(bytes: Uint8Array): boolean;
  /** A character for each byte. */
  toLatin1(bytes: Uint8Array): string;
}

/** Characters that are bytes of longer ones when each byte was made a character. */
const BEYOND_ASCII = /[\x80-\u{10ffff}]/u;

/**
 * Parses a request with a character for each byte, which is twice as fast: which bytes beyond ASCII stand in a text makes no
 * difference to JSON. `null` when the proper way has to be gone: it is no JSON object in UTF-8, or one of the texts that are
 * looked at is not plain ASCII.
 */
export function readFast({ isUtf8, toLatin1 }: FastText, bytes: Uint8Array): JsonObject | null {
  if (!isUtf8(bytes)) return null;
  let request: unknown;
  try {
    request = JSON.parse(toLatin1(bytes));
  } catch {
    return null;
  }
  if (!isJsonObject(request)) return null;
  const { custom_id, url, body } = request;
  const model = isJsonObject(body) ? body['model'] : undefined;
  return [custom_id, url, model].some(isBeyondAscii) ? null : request;
}

function isBeyondAscii(value: unknown): boolean {
  return typeof value === 'string' && BEYOND_ASCII.test(value);
}
