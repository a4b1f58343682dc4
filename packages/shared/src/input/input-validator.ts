import type { InputIssue } from '../contracts/error.ts';
import type { BatchEndpoint } from '../endpoints.ts';
import { LIMITS } from '../limits.ts';
import { checkRequest, isJsonObject } from './check-request.ts';
import type { JsonObject, RequestProblem } from './check-request.ts';
import { findJsonError } from './json-error-position.ts';

/** What a whole input turned out to be. */
export interface InputSummary {
  /** Requests read, good or bad. */
  request_count: number;
  /** The model of the requests, `null` when none was named. */
  model: string | null;
  /** The URL of the requests, `null` when none was named. */
  endpoint: string | null;
  /** The first 1,000 problems. */
  issues: InputIssue[];
  /** All problems, those that are not kept included. */
  issue_count: number;
}

/** Checks an input one request at a time, in order; keeps no request. */
export interface InputValidator {
  /** Checks one line of JSONL; `line` is 1-based. Returns the custom_id where there is one. */
  checkLine(text: string, line: number): string | null;
  /** Checks one request that is parsed already. */
  checkParsed(request: unknown, line: number): string | null;
  /** Adds a problem that was found outside: bytes that are not UTF-8, say. */
  addIssue(issue: InputIssue): void;
  /** Adds what only the whole shows, and tells what the input is. */
  finish(): InputSummary;
}

/**
 * Checks that every request of an input is one that OpenAI accepts, and that they fit together: unique ids, one
 * model, one endpoint, within the limits. Without `endpoint` the first request's URL is the batch's.
 */
export function createInputValidator(options: { endpoint?: BatchEndpoint } = {}): InputValidator {
  const issues: InputIssue[] = [];
  let issueCount = 0;
  let requestCount = 0;
  let embeddingInputs = 0;
  let model: string | null = null;
  let endpoint: string | null = options.endpoint ?? null;
  const lineOfId = new Map<string, number>();

  function addIssue(issue: InputIssue): void {
    issueCount += 1;
    if (issues.length < LIMITS.issuesKept) issues.push(issue);
  }

  function checkLine(text: string, line: number): string | null {
    let request: unknown;
    try {
      request = JSON.parse(text);
    } catch {
      requestCount += 1;
      const { column } = findJsonError(text);
      const message = `This line is not parseable as valid JSON (column ${column}).`;
      addIssue({ code: 'invalid_json_line', message, param: null, line, custom_id: null });
      return null;
    }
    return checkParsed(request, line);
  }

  function checkParsed(request: unknown, line: number): string | null {
    requestCount += 1;
    if (!isJsonObject(request)) {
      const message = 'This request is not a JSON object.';
      addIssue({ code: 'invalid_type', message, param: null, line, custom_id: null });
      return null;
    }
    const customId = typeof request['custom_id'] === 'string' ? request['custom_id'] : null;
    const problems = [
      ...checkRequest(request, options.endpoint),
      ...checkDuplicate(customId, line),
      ...checkSameAsRest(request),
    ];
    for (const problem of problems) addIssue({ ...problem, line, custom_id: customId });
    return customId;
  }

  function checkDuplicate(customId: string | null, line: number): RequestProblem[] {
    if (customId === null || customId === '') return [];
    const firstLine = lineOfId.get(customId);
    if (firstLine === undefined) {
      // Beyond the limit the input is refused anyway: no need to remember more.
      if (requestCount <= LIMITS.requestsPerBatch) lineOfId.set(customId, line);
      return [];
    }
    const message = `The custom_id '${customId}' for this request is a duplicate of the request at line ${firstLine}. The custom_id parameter must be unique for each request in a batch.`;
    return [{ code: 'duplicate_custom_id', message, param: 'custom_id' }];
  }

  function checkSameAsRest(request: JsonObject): RequestProblem[] {
    const problems: RequestProblem[] = [];
    const url = request['url'];
    if (typeof url === 'string') {
      endpoint ??= url;
      if (options.endpoint === undefined && url !== endpoint) {
        const message = 'The URL provided for this request does not match the rest of the batch.';
        problems.push({ code: 'invalid_url', message, param: 'url' });
      }
    }
    const body = request['body'];
    if (!isJsonObject(body)) return problems;
    const bodyModel = body['model'];
    if (typeof bodyModel === 'string' && bodyModel !== '') {
      model ??= bodyModel;
      if (bodyModel !== model) {
        const message = `The model '${bodyModel}' for this request does not match the rest of the batch. Each batch must contain requests for a single model.`;
        problems.push({ code: 'mismatched_model', message, param: 'body.model' });
      }
    }
    if (endpoint === '/v1/embeddings') embeddingInputs += countEmbeddingInputs(body['input']);
    return problems;
  }

  function finish(): InputSummary {
    const whole = { param: null, line: null, custom_id: null };
    if (requestCount === 0) {
      const message = 'The input is empty. Please ensure that the batch contains at least one request.';
      addIssue({ ...whole, code: 'empty_file', message });
    }
    if (requestCount > LIMITS.requestsPerBatch) {
      const message = `The input has ${requestCount} requests; a batch takes at most ${LIMITS.requestsPerBatch}.`;
      addIssue({ ...whole, code: 'too_many_requests', message });
    }
    if (embeddingInputs > LIMITS.embeddingInputsPerBatch) {
      const message = `The input has ${embeddingInputs} embedding inputs; a batch takes at most ${LIMITS.embeddingInputsPerBatch}.`;
      addIssue({ ...whole, code: 'too_many_embedding_inputs', message });
    }
    return { request_count: requestCount, model, endpoint, issues, issue_count: issueCount };
  }

  return { checkLine, checkParsed, addIssue, finish };
}

/** An array of texts or of token lists counts each element; a text or one token list counts as one. */
function countEmbeddingInputs(input: unknown): number {
  return Array.isArray(input) && typeof input[0] !== 'number' ? input.length : 1;
}
