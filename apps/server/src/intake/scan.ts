import { isUtf8 } from 'node:buffer';
import { LIMITS, SCOPE_LIMITS, createInputValidator, createPlanner } from '@batchdesk/shared/input';
import type {
  BatchEndpoint,
  InputRequest,
  InputSummary,
  PlannedPart,
  Planner,
} from '@batchdesk/shared/input';
import { createLedgerPortions } from './ledger-portions.ts';
import type { ScanFacts, ScanSettings } from './scan-messages.ts';
import { createUsageSampler } from './usage-sampler.ts';

/** An input that is being checked and normalised: UTF-8, one request a line, no blank lines. */
export interface Scan {
  readonly isTooLarge: boolean;
  /** Where the normalised input goes from now on. */
  writeTo(output: Uint8Array): void;
  /** Takes the next bytes. */
  feed(bytes: Uint8Array): void;
  finish(endpoint: BatchEndpoint | undefined): ScanFacts;
  /**
   * How much was written since `writeTo`; where it had too little room, the bytes themselves. And the portions of the
   * ledger since the last call, after `finish` the last one too.
   */
  takeOutput(): { length: number; large?: Uint8Array; portions: string[] };
}

const LINE_FEED = 10;

/** Starts to check an input. Keeps of its requests only a hash of their ids, and what they sum up to. */
export function startScan({ scope = 'batch', tokenLimits = {}, prices }: ScanSettings = {}): Scan {
  const ledger = createLedgerPortions();
  const planner = scope === 'job' ? startPlanner(tokenLimits) : null;
  const sampler = prices ? createUsageSampler(prices) : null;
  let lines = 0;
  let bytes = 0;
  let output: Uint8Array = new Uint8Array();
  let length = 0;
  let isLarge = false;
  let isFinished = false;
  const validator = createInputValidator({
    scope,
    onRequest: put,
    fast: { isUtf8, toLatin1 },
    isDetailed: true,
  });

  function put(request: InputRequest): void {
    const { bytes: line, custom_id } = request;
    makeRoom(line.length + 1);
    if (lines > 0) output[length++] = LINE_FEED;
    output.set(line, length);
    lines += 1;
    const start = lines === 1 ? 0 : bytes + 1;
    const part = partOf(request);
    if (sampler) sampler.add(request, start);
    // An input with a request without an id is refused: its ledger is never used.
    else if (custom_id !== null) {
      ledger.add([lines, custom_id, start, line.length, part, request.estimated_tokens]);
    }
    length += line.length;
    bytes = start + line.length;
  }

  function partOf(request: InputRequest): number {
    const { model, bytes: line, embedding_inputs, estimated_tokens, max_output_tokens } = request;
    if (!planner || model === null) return 0;
    return planner.add({ model, bytes: line.length, embedding_inputs, estimated_tokens, max_output_tokens });
  }

  function makeRoom(more: number): void {
    if (length + more <= output.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(output.subarray(0, length));
    output = larger;
    isLarge = true;
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
      if (lines > 0 && bytes < SCOPE_LIMITS[scope].bytes) {
        makeRoom(1);
        output[length++] = LINE_FEED;
      }
      isFinished = true;
      const parts = planner?.parts ?? [toPart(summary)];
      return sampler ? { summary, parts, usage: sampler.finish() } : { summary, parts };
    },
    takeOutput() {
      const written = isLarge ? { length: 0, large: output.subarray(0, length) } : { length };
      return { ...written, portions: ledger.take({ isEnd: isFinished }) };
    },
  };
}

function startPlanner(tokenLimits: Readonly<Record<string, number>>): Planner {
  const limits = new Map(Object.entries(tokenLimits));
  return createPlanner({
    requests: LIMITS.requestsPerBatch,
    bytes: LIMITS.inputFileBytes,
    embeddingInputs: LIMITS.embeddingInputsPerBatch,
    tokens: (model) => limits.get(model) ?? Infinity,
  });
}

function toPart(summary: InputSummary): PlannedPart {
  const { models, request_count, bytes, embedding_inputs } = summary;
  const { estimated_tokens, max_output_tokens, uncapped_requests } = summary;
  const tokens = { estimated_tokens, max_output_tokens, uncapped_requests };
  return { model: models[0]?.model ?? '', request_count, bytes, embedding_inputs, ...tokens };
}

function toLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
