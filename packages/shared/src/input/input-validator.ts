import type { BatchRequest } from '../contracts/create-batch.ts';
import type { InputIssue } from '../contracts/error.ts';
import type { BatchEndpoint } from '../endpoints.ts';
import { LIMITS } from '../limits.ts';
import { createFitCheck } from './check-fit.ts';
import { checkRequest } from './check-request.ts';
import type { JsonObject, RequestProblem } from './check-request.ts';
import { estimateTokens } from './estimate-tokens.ts';
import { maxOutputTokens } from './max-output-tokens.ts';
import { SCOPE_LIMITS } from './input-scope.ts';
import type { InputScope } from './input-scope.ts';
import type { InputSummary } from './input-summary.ts';
import { createIssueList } from './issue-list.ts';
import { createLineSplitter } from './line-splitter.ts';
import { createRequestReader } from './read-request.ts';
import type { FastText } from './read-request.ts';

/** One request of an input, good or bad. */
export interface InputRequest {
  /** The line as it came, without its break. Valid until the next `feed`. */
  bytes: Uint8Array;
  custom_id: string | null;
  /** `null` for a bad request, the counts of which are 0. */
  model: string | null;
  embedding_inputs: number;
  /** See `estimateTokens`. */
  estimated_tokens: number;
  /** See `maxOutputTokens`. */
  max_output_tokens: number | null;
}

/** Checks an input as its bytes come in, in order; keeps no request. */
export interface InputValidator {
  /** Takes the next bytes of the JSONL, cut anywhere. Returns the new issues, as far as they are kept. */
  feed(bytes: Uint8Array): InputIssue[];
  /** Whether the input is larger than a batch takes: nothing more is looked at. Never so of a job's. */
  readonly isTooLarge: boolean;
  /**
   * Ends the input, adds what only the whole shows, and tells what it is. Without `endpoint` the first request's URL is
   * that of all.
   */
  finish(batch?: { endpoint?: BatchEndpoint | undefined }): InputSummary;
}

/** What a host may bring along. */
export interface InputValidatorOptions {
  /** What the input is for: a batch has limits that a job has not. A batch when left out. */
  scope?: InputScope | undefined;
  /** Gets each request in order; with a line break each, what it gets is the input as it is to be sent. */
  onRequest?: (request: InputRequest) => void;
  /** Reads lines faster than a host without it can; the outcome is the same. */
  fast?: FastText;
  /** Whether issues carry what says them in another language. Without it they are as OpenAI's, with their place. */
  isDetailed?: boolean;
}

const SAMPLE_REQUESTS = 3;
/** Requests among which the sample is taken. */
const SAMPLE_FROM = 20;
const SAMPLE_BYTES = 10_000;
const SAMPLE_DEPTH = 100;
const NEWLINE_BYTES = 1;
const NO_FACTS = { model: null, embedding_inputs: 0, estimated_tokens: 0, max_output_tokens: 0 };

/**
 * Checks that every request of an input is one that OpenAI accepts, and that they fit together: unique ids, one
 * endpoint, and for a batch one model, within the limits. A byte order mark, CRLF, blank lines and a missing last line
 * break are fine.
 */
export function createInputValidator(options: InputValidatorOptions = {}): InputValidator {
  const { fast, onRequest, scope = 'batch', isDetailed = false } = options;
  const limits = SCOPE_LIMITS[scope];
  const reader = createRequestReader(fast);
  const issues = createIssueList(isDetailed);
  const fit = createFitCheck(scope);
  const sample: BatchRequest[] = [];
  const problems: RequestProblem[] = [];
  let requestCount = 0;
  let estimatedTokens = 0;
  let maxOutput = 0;
  let uncappedRequests = 0;
  let bytesSoFar = 0;
  let isTooLarge = false;

  const splitter = createLineSplitter({
    maxLineBytes: LIMITS.lineBytes,
    onLine: ({ line, bytes }) => checkLine(line, bytes),
    onLongLine: (line) => {
      requestCount += 1;
      const details = { limit: LIMITS.lineBytes };
      issues.add({ kind: 'line_too_large', param: null, details }, { line, custom_id: null });
    },
  });

  function checkLine(line: number, bytes: Uint8Array): void {
    if (isTooLarge) return;
    // A file of exactly the limit has no room for a last line break, and no need of one.
    if (bytesSoFar + bytes.length > limits.bytes) {
      isTooLarge = true;
      const details = { limit: limits.bytes };
      issues.add({ kind: 'input_too_large', param: null, details }, { line, custom_id: null });
      return;
    }
    requestCount += 1;
    // It is refused for that alone: what is in further requests is not looked at.
    if (requestCount > limits.requests) return;
    const request = checkBytes(line, bytes);
    for (const problem of problems) issues.add(problem, { line, custom_id: request.custom_id });
    problems.length = 0;
    bytesSoFar += bytes.length + NEWLINE_BYTES;
    estimatedTokens += request.estimated_tokens;
    if (request.max_output_tokens === null) uncappedRequests += 1;
    else maxOutput += request.max_output_tokens;
    onRequest?.(request);
  }

  function checkBytes(line: number, bytes: Uint8Array): InputRequest {
    const isSampled = sample.length < SAMPLE_REQUESTS && requestCount <= SAMPLE_FROM;
    const isExplained = issues.count < LIMITS.issuesKept;
    const request = reader.read(bytes, problems, { isProper: isSampled, isExplained });
    if (!request) return { bytes, custom_id: null, ...NO_FACTS };
    checkRequest(request, problems);
    const custom_id = typeof request['custom_id'] === 'string' ? request['custom_id'] : null;
    const { model, embedding_inputs } = fit.add(request, { line, custom_id }, problems);
    if (problems.length > 0) return { bytes, custom_id, ...NO_FACTS };
    if (isSampled && isFitToShow(bytes)) sample.push(request as unknown as BatchRequest);
    // Without a problem it has both.
    const { url, body } = request as { url: string; body: JsonObject };
    const estimated_tokens = estimateTokens(url, body, reader.isLatin1);
    return {
      bytes,
      custom_id,
      model,
      embedding_inputs,
      estimated_tokens,
      max_output_tokens: maxOutputTokens(url, body),
    };
  }

  return {
    get isTooLarge() {
      return isTooLarge;
    },
    feed(bytes) {
      if (!isTooLarge) splitter.feed(bytes);
      return issues.takeNew();
    },
    finish({ endpoint } = {}) {
      splitter.finish();
      const whole = fit.finish(issues, { requestCount, endpoint });
      return {
        request_count: requestCount,
        bytes: Math.min(bytesSoFar, limits.bytes),
        ...whole,
        estimated_tokens: estimatedTokens,
        max_output_tokens: maxOutput,
        uncapped_requests: uncappedRequests,
        sample,
        issues: issues.kept(),
        issue_count: issues.count,
      };
    },
  };
}

/** Whether a request is short, and so flat that whatever copies or prints it gets to its end. */
function isFitToShow(bytes: Uint8Array): boolean {
  if (bytes.length > SAMPLE_BYTES) return false;
  let depth = 0;
  let deepest = 0;
  for (const byte of bytes) {
    if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest <= SAMPLE_DEPTH;
}
