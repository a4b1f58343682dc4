import { BatchdeskError } from '@batchdesk/shared';
import { createElementReader } from './element-reader.ts';
import { createEnvelopeReader } from './envelope-reader.ts';
import type { BodyPlace } from './envelope.ts';

/** Takes a JSON body apart as it comes in: the elements of its `requests`, and the rest. */
export interface RequestCutter {
  /**
   * Takes the next bytes. Returns the elements as JSONL, an element a line, cut anywhere; valid until the next call.
   *
   * @throws {BatchdeskError} `invalid_json`, `payload_too_large`, `invalid_value`
   */
  feed(chunk: Uint8Array): Uint8Array;
  /** Ends the body. Returns it parsed, with `requests: []` where there was a list. Throws like `feed`. */
  finish(): unknown;
}

const COMMA = 0x2c;
const CLOSE_LIST = 0x5d;
/** The bytes that a JSON value may begin with. */
const VALUE_STARTS = new Set(Buffer.from('"{[-0123456789tfn'));
const LINE_FEED = 0x0a;

/** Where the reading is: outside of the list, in an element of it, or between two, with what may come there. */
type State = 'outside' | 'element' | 'element or end' | 'next element' | 'comma or end';

/**
 * Cuts `requests` out of a body without ever holding more of it than a chunk. What is no JSON inside of an element is
 * left to whoever checks the elements. The list is directly in the body, or `listDepth` brackets deep.
 */
export function createRequestCutter({ listDepth = 1, maxBytes = Infinity } = {}): RequestCutter {
  const elements = createElementReader((at) => noteLineFeed(before + at));
  const envelope = createEnvelopeReader(listDepth);
  let state: State = 'outside';
  let listStart: BodyPlace | null = null;
  /** Bytes of the body before this chunk, line feeds so far, and where the line began. */
  let before = 0;
  let lineFeeds = 0;
  let lineStart = 0;

  function noteLineFeed(position: number): void {
    lineFeeds += 1;
    lineStart = position + 1;
  }

  function placeOf(position: number): BodyPlace {
    return { position, line: lineFeeds + 1, column: position - lineStart + 1 };
  }

  function refuse(position: number): never {
    envelope.checkStart();
    throw new BatchdeskError('invalid_json', { details: { ...placeOf(position) } });
  }

  function readOutside(byte: number, position: number): void {
    if (envelope.isAtList(byte)) {
      if (listStart) {
        envelope.checkStart();
        throw new BatchdeskError('invalid_value', {
          param: 'requests',
          details: { reason: 'it is there twice. Send one list.' },
        });
      }
      listStart = placeOf(position);
      state = 'element or end';
      return;
    }
    envelope.add(byte);
  }

  /** Reads one byte between two elements. Returns whether an element begins with it. */
  function readBetween(byte: number, position: number): boolean {
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === LINE_FEED) return false;
    if (byte === CLOSE_LIST && state !== 'next element') {
      envelope.cut(listStart!, placeOf(position + 1));
      state = 'outside';
      return false;
    }
    if (byte === COMMA && state === 'comma or end') {
      state = 'next element';
      return false;
    }
    if (state === 'comma or end' || !VALUE_STARTS.has(byte)) refuse(position);
    return true;
  }

  function feed(chunk: Uint8Array): Uint8Array {
    elements.makeRoom(chunk.length);
    let at = 0;
    while (at < chunk.length) {
      if (state === 'element') {
        const end = elements.read(chunk, at);
        if (end === -1) break;
        at = end;
        state = 'comma or end';
        continue;
      }
      const byte = chunk[at]!;
      const position = before + at;
      if (state === 'outside') readOutside(byte, position);
      else if (readBetween(byte, position)) {
        elements.begin(byte);
        state = 'element';
        continue;
      }
      if (byte === LINE_FEED) noteLineFeed(position);
      at += 1;
    }
    before += chunk.length;
    if (before > maxBytes) {
      throw new BatchdeskError('payload_too_large', { details: { max_bytes: maxBytes } });
    }
    return elements.takeLines();
  }

  function finish(): unknown {
    if (state !== 'outside') refuse(before);
    return envelope.parse();
  }

  return { feed, finish };
}
