import { createEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';

/** Reads the part of a body that is kept, and knows when the list of requests begins. */
export interface EnvelopeReader extends Pick<Envelope, 'cut' | 'parse' | 'checkStart'> {
  /** Whether this next byte opens the list under `requests`. */
  isAtList(byte: number): boolean;
  add(byte: number): void;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
/** A longer name, quotes included, is not `requests`, even if every letter of it is escaped. */
const LONGEST_NAME = 60;

/** Follows brackets, strings and the names `listDepth` brackets deep; whether it is JSON shows in the end. */
export function createEnvelopeReader(listDepth: number): EnvelopeReader {
  const envelope = createEnvelope();
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  /** Where the last string is, and whether it is a name whose value comes next. */
  let string = { from: 0, to: 0 };
  let isValueNext = false;

  function addInString(byte: number): void {
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) {
      isInString = false;
      string.to = envelope.length + 1;
    }
  }

  function addToken(byte: number): void {
    if (byte <= 0x20) return;
    isValueNext = byte === COLON && depth === listDepth;
    if (byte === QUOTE) {
      isInString = true;
      string = { from: envelope.length, to: 0 };
    } else if (byte === 0x7b || byte === OPEN_LIST) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }

  function isNameRequests(): boolean {
    if (string.to - string.from > LONGEST_NAME) return false;
    try {
      return JSON.parse(envelope.text(string.from, string.to)) === 'requests';
    } catch {
      return false;
    }
  }

  return {
    isAtList: (byte) => byte === OPEN_LIST && isValueNext && isNameRequests(),
    add(byte) {
      if (isInString) addInString(byte);
      else addToken(byte);
      envelope.add(byte);
    },
    cut(from, to) {
      envelope.cut(from, to);
      isValueNext = false;
    },
    parse: envelope.parse,
    checkStart: envelope.checkStart,
  };
}
