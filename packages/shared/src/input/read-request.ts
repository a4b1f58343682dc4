import { LIMITS } from '../limits.ts';
import { isJsonObject } from './check-request.ts';
import type { JsonObject, RequestProblem } from './check-request.ts';
import { hasTooManyParts } from './count-parts.ts';
import { explainParseError } from './parse-error.ts';

/** Faster means than those that every host has. */
export interface FastText {
  /** Whether bytes are UTF-8. */
  isUtf8(bytes: Uint8Array): boolean;
  /** A character for each byte. */
  toLatin1(bytes: Uint8Array): string;
}

/** How to read a request. */
export interface ReadOptions {
  /** The texts of it are needed as they are. */
  isProper: boolean;
  /** Whether anybody will see what is wrong with it: explaining takes longer than reading. */
  isExplained: boolean;
}

/** Parses requests, one line each. */
export interface RequestReader {
  /** `null` when it is none; why is added to `problems`. */
  read(bytes: Uint8Array, problems: RequestProblem[], options: ReadOptions): JsonObject | null;
  /** Whether the last request was parsed with one character for each byte. */
  readonly isLatin1: boolean;
}

/** Characters that are bytes of longer ones when each byte was made a character. */
const BEYOND_ASCII = /[\x80-\u{10ffff}]/u;

/** Reads the fast way where the host has one and the request lets it; the outcome is the same. */
export function createRequestReader(fast: FastText | undefined): RequestReader {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let isLatin1 = false;

  function readProperly(
    bytes: Uint8Array,
    problems: RequestProblem[],
    isExplained: boolean,
  ): JsonObject | null {
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      problems.push({ kind: 'not_utf8', param: null });
      return null;
    }
    let request: unknown;
    try {
      request = JSON.parse(text);
    } catch {
      problems.push(isExplained ? explainParseError(text) : { kind: 'not_json', param: null });
      return null;
    }
    if (isJsonObject(request)) return request;
    problems.push({ kind: 'no_request', param: null });
    return null;
  }

  return {
    get isLatin1() {
      return isLatin1;
    },
    read(bytes, problems, { isProper, isExplained }) {
      isLatin1 = false;
      if (hasTooManyParts(bytes)) {
        problems.push({ kind: 'too_complex', param: null, details: { limit: LIMITS.requestParts } });
        return null;
      }
      const request = fast && !isProper ? readFast(fast, bytes) : null;
      isLatin1 = request !== null;
      return request ?? readProperly(bytes, problems, isExplained);
    },
  };
}

/**
 * Parses a request with a character for each byte, which is twice as fast: which bytes beyond ASCII stand in a text makes no
 * difference to JSON. `null` when the proper way has to be gone: it is no JSON object in UTF-8, or one of the texts that are
 * looked at is not plain ASCII.
 */
function readFast({ isUtf8, toLatin1 }: FastText, bytes: Uint8Array): JsonObject | null {
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
