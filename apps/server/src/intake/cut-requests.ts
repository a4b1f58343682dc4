import { BatchdeskError, LIMITS } from '@batchdesk/shared';
import { createElementReader } from './element-reader.ts';
import { createEnvelopeReader } from './envelope-reader.ts';
import type { BodyPlace } from './envelope.ts';
import { createPlaceCounter } from './place-counter.ts';

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
const CLOSE_OBJECT = 0x7d;
const COLON = 0x3a;
const LINE_FEED = 0x0a;

/** Where the reading is: outside of the list, in an element of it, or between two, with what may come there. */
type State = 'outside' | 'element' | 'element or end' | 'next element' | 'comma or end';

/**
 * Cuts `requests` out of a body without ever holding more of it than a chunk. What is no JSON inside of an element is
 * left to whoever checks the elements.
 */
export function createRequestCutter(): RequestCutter {
  const places = createPlaceCounter();
  const elements = createElementReader(places.noteLineFeed);
  const envelope = createEnvelopeReader();
  let state: State = 'outside';
  let listStart: BodyPlace | null = null;
  let received = 0;

  function refuse(at: number): never {
    envelope.checkStart();
    throw new BatchdeskError('invalid_json', { details: { ...places.placeOf(at) } });
  }

  function readOutside(byte: number, at: number): void {
    if (envelope.isAtList(byte)) {
      if (listStart) {
        envelope.checkStart();
        throw new BatchdeskError('invalid_value', {
          param: 'requests',
          details: { reason: 'it is there twice. Send one list.' },
        });
      }
      listStart = places.placeOf(at);
      state = 'element or end';
      return;
    }
    envelope.add(byte);
  }

  /** Reads one byte between two elements. Returns whether an element begins with it. */
  function readBetween(byte: number, at: number): boolean {
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === LINE_FEED) return false;
    if (byte === CLOSE_LIST && state !== 'next element') {
      envelope.cut(listStart!, places.placeOf(at + 1));
      state = 'outside';
      return false;
    }
    if (byte === COMMA && state === 'comma or end') {
      state = 'next element';
      return false;
    }
    const isNoValue = byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte === COLON;
    if (state === 'comma or end' || isNoValue) refuse(at);
    return true;
  }

  function feed(chunk: Uint8Array): Uint8Array {
    elements.makeRoom(chunk.length);
    places.begin(chunk);
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
      if (state === 'outside') readOutside(byte, at);
      else if (readBetween(byte, at)) {
        elements.begin(byte);
        state = 'element';
        continue;
      }
      if (byte === LINE_FEED) places.noteLineFeed(at);
      at += 1;
    }
    places.end();
    received += chunk.length;
    if (received > LIMITS.intakeBodyBytes) {
      throw new BatchdeskError('payload_too_large', { details: { max_bytes: LIMITS.intakeBodyBytes } });
    }
    return elements.takeLines();
  }

  function finish(): unknown {
    if (state !== 'outside') refuse(0);
    return envelope.parse();
  }

  return { feed, finish };
}
