import type { CallFault, Operation } from './fault-schema.ts';

/** One call that was received, whatever became of it. */
export interface ReceivedCall {
  operation: Operation;
  /** Milliseconds since 1970. */
  atMs: number;
  requestId: string;
  /** The id in the URL, if there is one. */
  id?: string;
  /** For `files.content`: the `Range` header, if there was one. */
  range?: string;
  /** For `batches.create`: the metadata that was sent. */
  metadata?: Record<string, string> | null;
  /** The fault that struck, if one did. */
  fault?: CallFault['kind'];
}

/** The calls received, oldest first. */
export interface CallLog {
  add(call: ReceivedCall): void;
  list(): ReceivedCall[];
  clear(): void;
}

/** A server may run for months: only the latest calls are kept. */
const maxCalls = 10_000;

/** An empty log that keeps the latest 10,000 calls. */
export function createCallLog(): CallLog {
  let calls: ReceivedCall[] = [];
  return {
    add(call) {
      calls.push(call);
      if (calls.length > maxCalls * 2) calls = calls.slice(-maxCalls);
    },
    list: () => calls.slice(-maxCalls),
    clear() {
      calls = [];
    },
  };
}
