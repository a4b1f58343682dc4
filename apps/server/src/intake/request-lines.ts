import { BatchdeskError } from '@batchdesk/shared';
import type { BatchRequest } from '@batchdesk/shared';
import type { InputLine } from './read-input.ts';

/**
 * Requests of a list as lines of JSONL; `line` is the number of the element, from 1.
 *
 * @throws {BatchdeskError} `invalid_value` for one that is nested beyond the stack
 */
export function* requestLines(requests: readonly BatchRequest[]): Generator<InputLine> {
  for (const [index, request] of requests.entries())
    yield { line: index + 1, bytes: toBytes(request, index) };
}

function toBytes(request: BatchRequest, index: number): Uint8Array {
  try {
    // `undefined`, which only a typed client can send, has no JSON: the validator refuses what is no object.
    return Buffer.from(JSON.stringify(request) ?? 'null');
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const details = { reason: 'it is nested too deeply.' };
    throw new BatchdeskError('invalid_value', { param: `requests.${index}`, details, cause });
  }
}
