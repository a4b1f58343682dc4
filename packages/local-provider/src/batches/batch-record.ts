import type { Endpoint } from '../endpoints.ts';
import type { BatchFault, RowFault } from '../faults/fault-schema.ts';
import type { StoredRecord } from '../storage/record-folder.ts';
import type { InputScan } from './scan-input.ts';

/** OpenAI's eight statuses. */
export type BatchStatus =
  | 'validating'
  | 'failed'
  | 'in_progress'
  | 'finalizing'
  | 'completed'
  | 'expired'
  | 'cancelling'
  | 'cancelled';

/** Tokens of the requests that succeeded. */
export interface TokenCounts {
  input: number;
  /** Of the input; absent in records of older versions. */
  cached?: number | undefined;
  output: number;
  /** Of the output; absent in records of older versions. */
  reasoning?: number | undefined;
}

/** What the writing of the result files came to. */
export interface BatchResult {
  outputFileId: string | null;
  errorFileId: string | null;
  completed: number;
  failed: number;
  tokens: TokenCounts;
}

/** All that is kept of one batch. Times are milliseconds since 1970. */
export interface BatchRecord extends StoredRecord {
  endpoint: Endpoint;
  inputFileId: string;
  inputBytes: number;
  metadata: Record<string, string> | null;
  outputLifetimeSeconds?: number | undefined;
  status: BatchStatus;
  createdAtMs: number;
  expiresAtMs: number;
  inProgressAtMs?: number;
  finalizingAtMs?: number;
  completedAtMs?: number;
  failedAtMs?: number;
  expiredAtMs?: number;
  cancellingAtMs?: number;
  cancelledAtMs?: number;
  /** What validation found; there once the input was read. */
  scan?: InputScan;
  /** How many requests ran before the batch stopped; decided once, so that repeated work gives the same files. */
  ran?: number;
  /** Ids set aside for the result files, before they are made, for the same reason. */
  reservedFileIds?: { output?: string; error?: string };
  result?: BatchResult;
  rowFaults: RowFault[];
  batchFaults: BatchFault[];
}

/** Whether a batch in this status will not change any more. */
export function isTerminal(status: BatchStatus): boolean {
  return status === 'failed' || status === 'completed' || status === 'expired' || status === 'cancelled';
}

/** The batch's fault of one kind, if it has it. */
export function findBatchFault<K extends BatchFault['kind']>(record: BatchRecord, kind: K) {
  return record.batchFaults.find((fault): fault is Extract<BatchFault, { kind: K }> => fault.kind === kind);
}

/** Whether a fault holds the batch in the status it has. */
export function isStuck({ status, batchFaults }: BatchRecord): boolean {
  return batchFaults.some((fault) => fault.kind === 'batch_stuck' && fault.status === status);
}

/** How many requests of a running batch have run by `nowMs`, when all of them take `inProgressMs`. */
export function countRan(record: BatchRecord, inProgressMs: number, nowMs: number): number {
  const { ran, scan, inProgressAtMs } = record;
  if (ran !== undefined) return ran;
  if (!scan || inProgressAtMs === undefined) return 0;
  const elapsedMs = Math.min(nowMs, record.expiresAtMs) - inProgressAtMs;
  return elapsedMs >= inProgressMs
    ? scan.total
    : Math.max(0, Math.floor((scan.total * elapsedMs) / inProgressMs));
}
