import type { BatchRequest } from '../contracts/create-batch.ts';
import type { InputIssue } from '../contracts/error.ts';
import type { BatchEndpoint } from '../endpoints.ts';
import { LIMITS } from '../limits.ts';
import { createEndpointCheck } from './check-endpoint.ts';
import { checkRequest, isJsonObject } from './check-request.ts';
import type { JsonObject, RequestProblem } from './check-request.ts';
import type { InputSummary } from './input-summary.ts';
import { createIssueList, shorten } from './issue-list.ts';
import { createLineSplitter } from './line-splitter.ts';
import { createModelCounter } from './model-counter.ts';
import { hasTooManyParts } from './count-parts.ts';
import { explainParseError } from './parse-error.ts';
import { readFast } from './read-request.ts';
import type { FastText } from './read-request.ts';

/** One request of an input, good or bad. */
export interface InputRequest {
  /** The line as it came, without its break. Valid until the next `feed`. */
  bytes: Uint8Array;
  custom_id: string | null;
}

/** Checks an input as its bytes come in, in order; keeps no request. */
export interface InputValidator {
  /** Takes the next bytes of the JSONL, cut anywhere. Returns the new issues, as far as they are kept. */
  feed(bytes: Uint8Array): InputIssue[];
  /** Whether the input is larger than a batch takes: nothing more is looked at. */
  readonly isTooLarge: boolean;
  /**
   * Ends the input, adds what only the whole shows, and tells what it is. Without `endpoint` the first request's URL is
   * the batch's.
   */
  finish(batch?: { endpoint?: BatchEndpoint | undefined }): InputSummary;
}

/** What a host may bring along. */
export interface InputValidatorOptions {
  /** Gets each request in order; with a line break each, what it gets is the input as it is to be sent. */
  onRequest?: (request: InputRequest) => void;
  /** Reads lines faster than a host without it can; the outcome is the same. */
  fast?: FastText;
}

const SAMPLE_REQUESTS = 3;
/** Requests among which the sample is taken. */
const SAMPLE_FROM = 20;
const SAMPLE_BYTES = 10_000;
const SAMPLE_DEPTH = 100;
const NEWLINE_BYTES = 1;

/**
 * Checks that every request of an input is one that OpenAI accepts, and that they fit together: unique ids, one
 * model, one endpoint, within the limits. A byte order mark, CRLF, blank lines and a missing last line break are fine.
 */
export function createInputValidator(options: InputValidatorOptions = {}): InputValidator {
  const { fast, onRequest } = options;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const issues = createIssueList();
  const endpoints = createEndpointCheck();
  const models = createModelCounter();
  const lineOfId = new Map<string, number>();
  const sample: BatchRequest[] = [];
  const problems: RequestProblem[] = [];
  let requestCount = 0;
  let embeddingInputs = 0;
  let bytesSoFar = 0;
  let isTooLarge = false;

  const splitter = createLineSplitter({
    maxLineBytes: LIMITS.lineBytes,
    onLine: ({ line, bytes }) => checkLine(line, bytes),
    onLongLine: (line) => {
      requestCount += 1;
      const message = `This line is longer than the ${LIMITS.lineBytes} bytes that one request may have.`;
      issues.add({ code: 'line_too_large', message, param: null }, { line, custom_id: null });
    },
  });

  function checkLine(line: number, bytes: Uint8Array): void {
    if (isTooLarge) return;
    // A file of exactly the limit has no room for a last line break, and no need of one.
    if (bytesSoFar + bytes.length > LIMITS.inputFileBytes) {
      isTooLarge = true;
      const message = `The input is larger than the ${LIMITS.inputFileBytes} bytes that a batch takes.`;
      issues.add({ code: 'input_too_large', message, param: null }, { line, custom_id: null });
      return;
    }
    requestCount += 1;
    // It is refused for that alone: what is in further requests is not looked at.
    if (requestCount > LIMITS.requestsPerBatch) return;
    const custom_id = checkBytes(line, bytes);
    for (const problem of problems) issues.add(problem, { line, custom_id });
    problems.length = 0;
    bytesSoFar += bytes.length + NEWLINE_BYTES;
    onRequest?.({ bytes, custom_id });
  }

  function checkBytes(line: number, bytes: Uint8Array): string | null {
    if (hasTooManyParts(bytes)) {
      const message = `This request has more than ${LIMITS.requestParts} objects and lists.`;
      problems.push({ code: 'request_too_complex', message, param: null });
      return null;
    }
    const isSampled = sample.length < SAMPLE_REQUESTS && requestCount <= SAMPLE_FROM;
    const request = (fast && !isSampled && readFast(fast, bytes)) || read(bytes);
    if (!request) return null;
    checkRequest(request, problems);
    const customId = typeof request['custom_id'] === 'string' ? request['custom_id'] : null;
    checkWithRest(request, line, customId);
    if (problems.length === 0 && isSampled && isFitToShow(bytes)) {
      sample.push(request as unknown as BatchRequest);
    }
    return customId;
  }

  function read(bytes: Uint8Array): JsonObject | null {
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      const message = 'This line is not valid UTF-8.';
      problems.push({ code: 'invalid_encoding', message, param: null });
      return null;
    }
    let request: unknown;
    try {
      request = JSON.parse(text);
    } catch {
      // Explaining takes longer than reading: not for what nobody will see.
      const message = issues.count < LIMITS.issuesKept ? explainParseError(text) : '';
      problems.push({ code: 'invalid_json_line', message, param: null });
      return null;
    }
    if (isJsonObject(request)) return request;
    problems.push({ code: 'invalid_type', message: 'This request is not a JSON object.', param: null });
    return null;
  }

  function checkWithRest(request: JsonObject, line: number, customId: string | null): void {
    if (customId) checkDuplicate(customId, line);
    const { url, body } = request;
    if (typeof url === 'string') endpoints.add(url, { line, custom_id: customId });
    if (!isJsonObject(body)) return;
    if (url === '/v1/embeddings') embeddingInputs += countEmbeddingInputs(body['input']);
    const model = body['model'];
    if (typeof model !== 'string' || model === '' || models.add(model)) return;
    const message = `The model '${shorten(model)}' for this request does not match the rest of the batch. Each batch must contain requests for a single model.`;
    problems.push({ code: 'mismatched_model', message, param: 'body.model' });
  }

  function checkDuplicate(customId: string, line: number): void {
    const firstLine = lineOfId.get(customId);
    if (firstLine === undefined) {
      lineOfId.set(customId, line);
      return;
    }
    const message = `The custom_id '${shorten(customId)}' for this request is a duplicate of the request at line ${firstLine}. The custom_id parameter must be unique for each request in a batch.`;
    problems.push({ code: 'duplicate_custom_id', message, param: 'custom_id' });
  }

  function checkWhole(): void {
    const whole = { line: null, custom_id: null };
    const add = (code: string, message: string) => issues.insert({ code, message, param: null }, whole);
    if (requestCount === 0) {
      add('empty_file', 'The input is empty. Please ensure that the batch contains at least one request.');
    }
    if (requestCount > LIMITS.requestsPerBatch) {
      const limit = LIMITS.requestsPerBatch;
      add('too_many_requests', `The input has ${requestCount} requests; a batch takes at most ${limit}.`);
    }
    if (embeddingInputs > LIMITS.embeddingInputsPerBatch) {
      const limit = LIMITS.embeddingInputsPerBatch;
      const message = `The input has ${embeddingInputs} embedding inputs; a batch takes at most ${limit}.`;
      add('too_many_embedding_inputs', message);
    }
  }

  return {
    get isTooLarge() {
      return isTooLarge;
    },
    feed(bytes) {
      if (!isTooLarge) splitter.feed(bytes);
      return issues.takeNew();
    },
    finish(batch = {}) {
      splitter.finish();
      const endpoint = endpoints.finish(issues, batch.endpoint);
      checkWhole();
      return {
        request_count: requestCount,
        bytes: Math.min(bytesSoFar, LIMITS.inputFileBytes),
        endpoint,
        models: models.list(),
        embedding_inputs: embeddingInputs,
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

/** An array of texts or of token lists counts each element; a text or one token list counts as one. */
function countEmbeddingInputs(input: unknown): number {
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1;
}
