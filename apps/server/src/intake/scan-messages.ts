import type { BatchEndpoint, InputSummary } from '@batchdesk/shared/input';

/** Bytes at the start of memory that both threads see: sent over and over, copied and collected never. */
export interface Block {
  memory: SharedArrayBuffer;
  length: number;
}

/** What the scanner's thread is asked for. Each message about a scan gets one answer, in order; `drop` gets none. */
export type ScanMessage =
  | { kind: 'block'; scan: number; input: Block; output: SharedArrayBuffer }
  | { kind: 'finish'; scan: number; output: SharedArrayBuffer; endpoint: BatchEndpoint | undefined }
  | { kind: 'drop'; scan: number };

/** What it answers: bytes to write, and at the end what the input is. */
export interface ScanAnswer {
  scan: number;
  /** How many bytes of the normalised input are in `output`. */
  length: number;
  /** The normalised input instead, when a line of it is longer than a block. */
  large?: Uint8Array;
  /** The input is larger than a batch takes: the rest of it is of no interest. */
  isTooLarge: boolean;
  facts?: ScanFacts;
}

/** What an input is. */
export interface ScanFacts {
  summary: InputSummary;
  /** The places of the requests, as rows for the ledger; see `insertRequests`. */
  ledger: string[];
}
