import type { Price } from '@batchdesk/shared';
import type { BatchEndpoint, InputScope, InputSummary, PlannedPart } from '@batchdesk/shared/input';
import type { SampledUsage } from './usage-sampler.ts';

/** Bytes at the start of memory that both threads see: sent over and over, copied and collected never. */
export interface Block {
  memory: SharedArrayBuffer;
  length: number;
}

/** What an input is checked for. */
export interface ScanSettings {
  /** A job is planned while it is read. A batch when left out. */
  scope?: InputScope | undefined;
  /** Tokens that may be enqueued, by model; no limit for a model that is not in it. */
  tokenLimits?: Readonly<Record<string, number>> | undefined;
  /** What models cost: its requests are summed up for an estimate, and there is no ledger, since nothing comes of them. */
  prices?: readonly Price[] | undefined;
}

/**
 * What the scanner's thread is asked for. Each block and the end get one answer, in order; `open` and `drop` get none.
 */
export type ScanMessage =
  | { kind: 'open'; scan: number; settings: ScanSettings }
  | { kind: 'block'; scan: number; input: Block; output: SharedArrayBuffer }
  | { kind: 'finish'; scan: number; output: SharedArrayBuffer; endpoint: BatchEndpoint | undefined }
  | { kind: 'drop'; scan: number };

/** A message that gets an answer. */
export type ScanQuestion = Extract<ScanMessage, { output: SharedArrayBuffer }>;

/** What it answers: bytes to write, and at the end what the input is. */
export interface ScanAnswer {
  scan: number;
  /** How many bytes of the normalised input are in `output`. */
  length: number;
  /** The normalised input instead, when a line of it is longer than a block. */
  large?: Uint8Array;
  /** The places of requests since the last answer, as rows for the ledger; see `insertRequests`. */
  portions: string[];
  /** The input is larger than a batch takes: the rest of it is of no interest. */
  isTooLarge: boolean;
  facts?: ScanFacts;
}

/** What an input is. */
export interface ScanFacts {
  summary: InputSummary;
  /** What is to become of it, a batch each. One in the scope of a batch, of no use when the input has issues. */
  parts: readonly PlannedPart[];
  /** Its models, when there were prices. */
  usage?: readonly SampledUsage[];
}
