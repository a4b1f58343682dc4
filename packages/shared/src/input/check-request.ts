import { PROMPT_FIELD, isBatchEndpoint } from '../endpoints.ts';
import type { BatchEndpoint } from '../endpoints.ts';
import type { ErrorDetails } from '../errors.ts';
import type { IssueKind } from './issue-messages.ts';

/** What is wrong with a request, before its place is known. */
export interface RequestProblem {
  kind: IssueKind;
  param: string | null;
  /** For the places of its sentence, beside `param`. */
  details?: ErrorDetails;
}

/** A JSON object of unknown content. */
export type JsonObject = Record<string, unknown>;

/** Whether a parsed JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Adds to `problems` what OpenAI would refuse in one request, looked at alone. */
export function checkRequest(request: JsonObject, problems: RequestProblem[]): void {
  checkCustomId(request['custom_id'], problems);
  checkMethod(request['method'], problems);
  checkUrl(request['url'], problems);
  checkBody(request['body'], request['url'], problems);
}

function checkCustomId(customId: unknown, problems: RequestProblem[]): void {
  if (customId === undefined) problems.push({ kind: 'missing', param: 'custom_id' });
  else if (typeof customId !== 'string') problems.push({ kind: 'no_string', param: 'custom_id' });
  else if (customId === '') problems.push({ kind: 'empty_string', param: 'custom_id' });
  else if (customId.includes('\0') || !customId.isWellFormed()) {
    // No database and no file gives these back as they were: its answer could not be told from others.
    problems.push({ kind: 'unusable_custom_id', param: 'custom_id' });
  }
}

function checkMethod(method: unknown, problems: RequestProblem[]): void {
  if (method === 'POST') return;
  if (method === undefined) problems.push({ kind: 'missing', param: 'method' });
  else problems.push({ kind: 'wrong_method', param: 'method' });
}

function checkUrl(url: unknown, problems: RequestProblem[]): void {
  if (url === undefined) problems.push({ kind: 'missing', param: 'url' });
  else if (typeof url !== 'string') problems.push({ kind: 'no_string', param: 'url' });
  else if (!isBatchEndpoint(url)) problems.push({ kind: 'unknown_url', param: 'url' });
}

function checkBody(body: unknown, url: unknown, problems: RequestProblem[]): void {
  if (body === undefined) problems.push({ kind: 'missing', param: 'body' });
  else if (!isJsonObject(body)) problems.push({ kind: 'no_object', param: 'body' });
  else {
    checkModel(body['model'], problems);
    if (body['stream'] === true) problems.push({ kind: 'streaming', param: 'body.stream' });
    if (isBatchEndpoint(url)) checkPrompt(body, url, problems);
  }
}

function checkModel(model: unknown, problems: RequestProblem[]): void {
  if (model === undefined || model === '') {
    problems.push({ kind: 'required', param: 'body.model', details: { name: 'Model' } });
  } else if (typeof model !== 'string') problems.push({ kind: 'no_string', param: 'body.model' });
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
    problems.push({ kind: 'required', param, details: { name } });
  } else if (field === 'messages') {
    if (!Array.isArray(prompt)) problems.push({ kind: 'no_array', param });
  } else if (typeof prompt !== 'string' && !Array.isArray(prompt)) {
    problems.push({ kind: 'no_string_or_array', param });
  }
}
