import { BatchdeskError, LIMITS, findJsonError } from '@batchdesk/shared';

/**
 * Where in a body something is: bytes before it, and its 1-based line and column, in bytes too: characters would have to be
 * counted in 200 MB that are not read for anything else.
 */
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

/** Some editors begin a file with it. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** Collects the bytes of a body; they have the limit of other bodies. */
export function createEnvelope(): Envelope {
  const bytes: number[] = [];
  let removed: { from: BodyPlace; to: BodyPlace } | null = null;

  const readAll = () => decode(Uint8Array.from(bytes));

  function checkStart(): void {
    const text = `${readAll()}[`;
    const { position } = findJsonError(text.replace(BYTE_ORDER_MARK, ' '));
    if (position < text.length) refuse(text, position);
  }

  function parse(): unknown {
    const text = readAll();
    const json = text.replace(BYTE_ORDER_MARK, ' ');
    if (json.trim() === '') return undefined;
    try {
      return JSON.parse(json);
    } catch {
      refuse(text, findJsonError(json).position);
    }
  }

  function refuse(text: string, position: number): never {
    const start = Buffer.from(text.slice(0, position));
    throw new BatchdeskError('invalid_json', { details: { ...toBodyPlace(start) } });
  }

  /** The place in the whole body of what comes after `start`. */
  function toBodyPlace(start: Buffer): BodyPlace {
    const isAfter = removed !== null && start.length > removed.from.position;
    const from = isAfter ? removed!.from.position + '[]'.length : 0;
    const { position, line, column } = isAfter ? removed!.to : { position: 0, line: 1, column: 1 };
    const lines = start.subarray(from).toString('latin1').split('\n');
    const isSameLine = lines.length === 1;
    return {
      position: position + start.length - from,
      line: line + lines.length - 1,
      column: lines.at(-1)!.length + (isSameLine ? column : 1),
    };
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
