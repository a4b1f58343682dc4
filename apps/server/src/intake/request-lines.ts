import type { BatchRequest } from '@batchdesk/shared';
import type { InputLine } from './read-input.ts';

/** Requests of a list as lines of JSONL; `line` is the number of the element, from 1. */
export function* requestLines(requests: readonly BatchRequest[]): Generator<InputLine> {
  for (const [index, request] of requests.entries()) {
    yield { line: index + 1, bytes: Buffer.from(JSON.stringify(request) ?? 'null') };
  }
}
