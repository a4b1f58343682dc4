import { PROMPT_FIELD, isBatchEndpoint } from '../endpoints.ts';
import type { BatchEndpoint } from '../endpoints.ts';

/** What is wrong with a request, before its place is known. */
export interface RequestProblem {
  code: string;
  message: string;
  param: string | null;
}

/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>;

/** Whether a parsed JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const missing = (param: string): RequestProblem => ({
  code: 'missing_required_parameter',
  message: `Missing required parameter: '${param}'.`,
  param,
});

const invalidType = (param: string, expected: string): RequestProblem => ({
  code: 'invalid_type',
  message: `'${param}' must be ${expected}.`,
  param,
});

/**
 * Adds to `problems` what OpenAI would refuse in one request, looked at alone. Codes and wording follow OpenAI's
 * `errors.data`.
 */
export function checkRequest(request: JsonObject, problems: RequestProblem[]): void {
  checkCustomId(request['custom_id'], problems);
  checkMethod(request['method'], problems);
  checkUrl(request['url'], problems);
  checkBody(request['body'], request['url'], problems);
}

function checkCustomId(customId: unknown, problems: RequestProblem[]): void {
  if (customId === undefined) problems.push(missing('custom_id'));
  else if (typeof customId !== 'string') problems.push(invalidType('custom_id', 'a string'));
  else if (customId === '') problems.push(invalidType('custom_id', 'a string of at least one character'));
  else if (customId.includes('\0') || !customId.isWellFormed()) {
    // No database and no file gives these back as they were: its answer could not be told from others.
    const message = "'custom_id' has a NUL character or half of a surrogate pair.";
    problems.push({ code: 'invalid_value', message, param: 'custom_id' });
  }
}

function checkMethod(method: unknown, problems: RequestProblem[]): void {
  if (method === 'POST') return;
  if (method === undefined) problems.push(missing('method'));
  else problems.push({ code: 'invalid_method', message: "The method must be 'POST'.", param: 'method' });
}

function checkUrl(url: unknown, problems: RequestProblem[]): void {
  if (url === undefined) problems.push(missing('url'));
  else if (typeof url !== 'string') problems.push(invalidType('url', 'a string'));
  else if (!isBatchEndpoint(url)) {
    const message = 'The URL provided for this request is not an endpoint of the Batch API.';
    problems.push({ code: 'invalid_url', message, param: 'url' });
  }
}

function checkBody(body: unknown, url: unknown, problems: RequestProblem[]): void {
  if (body === undefined) problems.push(missing('body'));
  else if (!isJsonObject(body)) problems.push(invalidType('body', 'an object'));
  else {
    checkModel(body['model'], problems);
    if (body['stream'] === true) {
      const message = 'Streaming is not supported in the Batch API.';
      problems.push({ code: 'streaming_unsupported', message, param: 'body.stream' });
    }
    if (isBatchEndpoint(url)) checkPrompt(body, url, problems);
  }
}

function checkModel(model: unknown, problems: RequestProblem[]): void {
  if (model === undefined || model === '') {
    problems.push({ code: 'invalid_request', message: 'Model parameter is required.', param: 'body.model' });
  } else if (typeof model !== 'string') problems.push(invalidType('body.model', 'a string'));
}

/** What can stand in for the input of /v1/responses. Source: its answer to a request that has none of them. */
const INSTEAD_OF_INPUT = ['prompt', 'previous_response_id', 'conversation'];

function checkPrompt(body: JsonObject, endpoint: BatchEndpoint, problems: RequestProblem[]): void {
  const field = PROMPT_FIELD[endpoint];
  if (field === null) return;
  const prompt = body[field];
  const param = `body.${field}`;
  if (prompt === undefined || prompt === null) {
    if (endpoint === '/v1/responses' && INSTEAD_OF_INPUT.some((name) => body[name])) return;
    const name = field.charAt(0).toUpperCase() + field.slice(1);
    problems.push({ code: 'invalid_request', message: `${name} parameter is required.`, param });
  } else if (field === 'messages') {
    if (!Array.isArray(prompt)) problems.push(invalidType(param, 'an array'));
  } else if (typeof prompt !== 'string' && !Array.isArray(prompt)) {
    problems.push(invalidType(param, 'a string or an array'));
  }
}
