import { isUtf8 } from 'node:buffer';
import { LIMITS, createInputValidator } from '@batchdesk/shared/input';
import type { BatchEndpoint, InputRequest } from '@batchdesk/shared/input';
import type { LedgerRow } from '../db/requests.ts';
import type { ScanFacts } from './scan-messages.ts';

/** An input that is being checked and normalised: UTF-8, one request a line, no blank lines. */
export interface Scan {
  readonly isTooLarge: boolean;
  /** Where the normalised input goes from now on. */
  writeTo(output: Uint8Array): void;
  /** Takes the next bytes. */
  feed(bytes: Uint8Array): void;
  finish(endpoint: BatchEndpoint | undefined): ScanFacts;
  /** How much was written since `writeTo`; where it had too little room, the bytes themselves. */
  takeOutput(): { length: number; large?: Uint8Array };
}

const LINE_FEED = 10;
/** Requests in one string of ledger rows: one statement, short enough not to hold up other requests. */
const PORTION = 1_000;

/** Starts to check an input. Keeps only the places and the ids of its requests. */
export function startScan(): Scan {
  const ledger: string[] = [];
  let rows: LedgerRow[] = [];
  let lines = 0;
  let bytes = 0;
  let output: Uint8Array = new Uint8Array();
  let length = 0;
  let isLarge = false;
  const validator = createInputValidator({ onRequest: put, fast: { isUtf8, toLatin1 } });

  function put({ bytes: request, custom_id }: InputRequest): void {
    makeRoom(request.length + 1);
    if (lines > 0) output[length++] = LINE_FEED;
    output.set(request, length);
    lines += 1;
    const start = lines === 1 ? 0 : bytes + 1;
    // An input with a request without an id is refused: its ledger is never used.
    if (custom_id !== null && lines <= LIMITS.requestsPerBatch) {
      rows.push([lines, custom_id, start, request.length, 0, 0]);
    }
    if (rows.length === PORTION) endPortion();
    length += request.length;
    bytes = start + request.length;
  }

  function makeRoom(more: number): void {
    if (length + more <= output.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(output.subarray(0, length));
    output = larger;
    isLarge = true;
  }

  function endPortion(): void {
    if (rows.length > 0) ledger.push(JSON.stringify(rows));
    rows = [];
  }

  return {
    get isTooLarge() {
      return validator.isTooLarge;
    },
    writeTo(target) {
      output = target;
      length = 0;
      isLarge = false;
    },
    feed(input) {
      validator.feed(input);
    },
    finish(endpoint) {
      const summary = validator.finish({ endpoint });
      // A file of exactly the limit has no room for a last line break, and no need of one.
      if (lines > 0 && bytes < LIMITS.inputFileBytes) {
        makeRoom(1);
        output[length++] = LINE_FEED;
      }
      endPortion();
      return { summary, ledger };
    },
    takeOutput: () => (isLarge ? { length: 0, large: output.subarray(0, length) } : { length }),
  };
}

function toLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
