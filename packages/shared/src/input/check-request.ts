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
 * What OpenAI would refuse in one request, looked at alone. `endpoint` is the batch's; without it any batch
 * endpoint passes. Codes and wording follow OpenAI's `errors.data`.
 */
export function checkRequest(request: JsonObject, endpoint: BatchEndpoint | undefined): RequestProblem[] {
  return [
    ...checkCustomId(request['custom_id']),
    ...checkMethod(request['method']),
    ...checkUrl(request['url'], endpoint),
    ...checkBody(request['body'], endpoint ?? request['url']),
  ];
}

function checkCustomId(customId: unknown): RequestProblem[] {
  if (customId === undefined) return [missing('custom_id')];
  if (typeof customId !== 'string') return [invalidType('custom_id', 'a string')];
  return customId === '' ? [invalidType('custom_id', 'a string of at least one character')] : [];
}

function checkMethod(method: unknown): RequestProblem[] {
  if (method === undefined) return [missing('method')];
  if (method === 'POST') return [];
  return [{ code: 'invalid_method', message: "The method must be 'POST'.", param: 'method' }];
}

function checkUrl(url: unknown, endpoint: BatchEndpoint | undefined): RequestProblem[] {
  if (url === undefined) return [missing('url')];
  if (typeof url !== 'string') return [invalidType('url', 'a string')];
  if (endpoint === undefined ? isBatchEndpoint(url) : url === endpoint) return [];
  return [
    {
      code: 'invalid_url',
      message: 'The URL provided for this request does not match the batch endpoint.',
      param: 'url',
    },
  ];
}

function checkBody(body: unknown, url: unknown): RequestProblem[] {
  if (body === undefined) return [missing('body')];
  if (!isJsonObject(body)) return [invalidType('body', 'an object')];
  const problems: RequestProblem[] = [];
  const model = body['model'];
  if (model === undefined || model === '') {
    problems.push({ code: 'invalid_request', message: 'Model parameter is required.', param: 'body.model' });
  } else if (typeof model !== 'string') {
    problems.push(invalidType('body.model', 'a string'));
  }
  if (body['stream'] === true) {
    problems.push({
      code: 'streaming_unsupported',
      message: 'Streaming is not supported in the Batch API.',
      param: 'body.stream',
    });
  }
  if (isBatchEndpoint(url)) problems.push(...checkPrompt(body, url));
  return problems;
}

function checkPrompt(body: JsonObject, endpoint: BatchEndpoint): RequestProblem[] {
  const field = PROMPT_FIELD[endpoint];
  // A stored prompt (`prompt: {id}`) or an earlier response can stand in for the input of /v1/responses.
  if (field === null || (endpoint === '/v1/responses' && (body['prompt'] ?? body['previous_response_id'])))
    return [];
  const prompt = body[field];
  const param = `body.${field}`;
  if (prompt === undefined || prompt === null) {
    const name = field.charAt(0).toUpperCase() + field.slice(1);
    return [{ code: 'invalid_request', message: `${name} parameter is required.`, param }];
  }
  if (field === 'messages') return Array.isArray(prompt) ? [] : [invalidType(param, 'an array')];
  if (typeof prompt === 'string' || Array.isArray(prompt)) return [];
  return [invalidType(param, 'a string or an array')];
}
