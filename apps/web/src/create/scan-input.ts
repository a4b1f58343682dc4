import { LIMITS, createInputValidator, createPlanner } from '@batchdesk/shared/input';
import type { BatchEndpoint, InputRequest, InputSummary, PlannedPart } from '@batchdesk/shared/input';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createLineIndexer } from './line-index.ts';
import type { LineIndex } from './line-index.ts';
import { readChunks } from './read-chunks.ts';

/** How far a check is. */
export interface CheckProgress {
  /** Bytes read so far, and of the whole. */
  bytes: number;
  totalBytes: number;
  /** Requests read so far. */
  requests: number;
  /** Issues found so far, as far as they are kept: 1,000 at most. */
  issues: number;
}

/** What an input turned out to be, as the server will see it. */
export interface CheckedInput {
  summary: InputSummary;
  /**
   * Of the input as the server stores it, in hexadecimal: one request a line, each with a line break. `null` for an input
   * that has issues, which it does not store.
   */
  sha256: string | null;
  /**
   * The batches that it would be, of one model each. More where the provider limits what may be enqueued of a model: only
   * an estimate of the server knows that.
   */
  batches: readonly PlannedPart[];
  /** For `readLines`. */
  lines: LineIndex;
}

/** How to check an input. */
export interface ScanOptions {
  /** The endpoint of all requests; that of the first one when left out. */
  endpoint?: BatchEndpoint | undefined;
  /** Told after each portion. */
  onProgress?: ((progress: CheckProgress) => void) | undefined;
}

const LINE_FEED = new Uint8Array([10]);

/**
 * Checks JSONL of any size by the rules of `POST /api/jobs`, a portion at a time. Rejected with an `InputError` when the file
 * cannot be read. For a worker: it takes some seconds for each 100 MB.
 */
export async function scanInput(blob: Blob, options: ScanOptions = {}): Promise<CheckedInput> {
  const hash = sha256.create();
  const indexer = createLineIndexer();
  const planner = createPlanner({
    requests: LIMITS.requestsPerBatch,
    bytes: LIMITS.inputFileBytes,
    embeddingInputs: LIMITS.embeddingInputsPerBatch,
    tokens: () => Infinity,
  });
  const validator = createInputValidator({ scope: 'job', onRequest: add, isDetailed: true });
  const progress = { bytes: 0, totalBytes: blob.size, requests: 0, issues: 0 };

  function add(request: InputRequest): void {
    const { bytes, model, embedding_inputs, estimated_tokens, max_output_tokens } = request;
    hash.update(bytes).update(LINE_FEED);
    progress.requests += 1;
    if (model === null) return;
    planner.add({ model, bytes: bytes.length, embedding_inputs, estimated_tokens, max_output_tokens });
  }

  for await (const chunk of readChunks(blob)) {
    indexer.feed(chunk);
    progress.issues += validator.feed(chunk).length;
    progress.bytes += chunk.length;
    options.onProgress?.({ ...progress });
  }
  const summary = validator.finish({ endpoint: options.endpoint });
  return {
    summary,
    sha256: summary.issue_count === 0 ? bytesToHex(hash.digest()) : null,
    batches: planner.parts,
    lines: indexer.marks,
  };
}
