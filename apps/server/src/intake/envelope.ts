import { BatchdeskError, LIMITS, findJsonError } from '@batchdesk/shared';

/** Where in a body something is: characters before it, a byte order mark aside, and its 1-based line and column. */
export interface BodyPlace {
  position: number;
  line: number;
  column: number;
}

/** A JSON body without the list that was cut out of it, which stands there as `[]`. */
export interface Envelope {
  add(byte: number): void;
  readonly length: number;
  text(from: number, to: number): string;
  /** Notes where the list begins and ends. */
  cut(from: BodyPlace, to: BodyPlace): void;
  /** Refuses a body that goes wrong before the list that begins here. */
  checkStart(): void;
  /** The parsed body; `undefined` for an empty one. Errors name their place in the whole body. */
  parse(): unknown;
}

/** Collects the bytes of a body; they have the limit of other bodies. */
export function createEnvelope(): Envelope {
  const bytes: number[] = [];
  let removed: { from: BodyPlace; to: BodyPlace } | null = null;

  const readAll = () => decode(Uint8Array.from(bytes)).replace(/^\uFEFF/, '');

  function checkStart(): void {
    const text = `${readAll()}[`;
    const place = findJsonError(text);
    if (place.position < text.length) refuse(place, text);
  }

  function parse(): unknown {
    const text = readAll();
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      refuse(findJsonError(text), text);
    }
  }

  function refuse(place: BodyPlace, text: string): never {
    throw new BatchdeskError('invalid_json', { details: { ...toBodyPlace(place, text) } });
  }

  function toBodyPlace(place: BodyPlace, text: string): BodyPlace {
    if (!removed || place.position <= removed.from.position) return place;
    const { from, to } = removed;
    const end = from.position + '[]'.length;
    const position = place.position - end + to.position;
    const line = place.line - from.line + to.line;
    const isSameLine = !text.slice(end, place.position).includes('\n');
    return { position, line, column: isSameLine ? place.position - end + to.column : place.column };
  }

  return {
    get length() {
      return bytes.length;
    },
    add(byte) {
      if (bytes.length === LIMITS.bodyBytes) {
        throw new BatchdeskError('payload_too_large', { details: { max_bytes: LIMITS.bodyBytes } });
      }
      bytes.push(byte);
    },
    text: (from, to) => decode(Uint8Array.from(bytes.slice(from, to))),
    cut(from, to) {
      for (const byte of [0x5b, 0x5d]) bytes.push(byte);
      removed = { from, to };
    },
    checkStart,
    parse,
  };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const details = { reason: 'it is not valid UTF-8.' };
    throw new BatchdeskError('invalid_value', { param: 'body', details, cause });
  }
}
