import { isJsonObject, jsonTypeName, type JsonObject } from '../answers/json-object.ts';
import { countInputs } from '../answers/token-input.ts';
import type { Endpoint } from '../endpoints.ts';
import { digest } from '../ids.ts';
import { maxEmbeddingInputs } from '../limits.ts';
import { validationErrors as errors, type LineError } from './validation-error.ts';

/** One request of a batch, as its line holds it. */
export interface BatchRequest {
  customId: string;
  body: JsonObject;
}

/** Checks the requests of one input file, one after the other. */
export interface RequestChecker {
  /** The model of the first request; null before that, or where the endpoint needs none. */
  readonly model: string | null;
  /** The request on a line, or what validation says against it. */
  check(text: string): BatchRequest | LineError[];
}

const requiredInBody: Record<Endpoint, readonly string[]> = {
  '/v1/chat/completions': ['model', 'messages'],
  '/v1/completions': ['model', 'prompt'],
  '/v1/embeddings': ['model', 'input'],
  '/v1/moderations': ['input'],
  '/v1/responses': ['model'],
};

/** What a response can be made from: one of them is needed. */
const inputOfResponse = ['input', 'prompt', 'previous_response_id', 'conversation'];

/** A model of this name is unknown to the provider, so that one can see what becomes of such a batch. */
const unsupportedModel = 'unsupported-';

/** A checker for a file with requests to `endpoint`. */
export function createRequestChecker(endpoint: Endpoint): RequestChecker {
  const customIds = new Set<string>();
  let model: string | null = null;
  let embeddingInputs = 0;

  function checkModel(name: string): LineError[] {
    model ??= name;
    if (name !== model) return [errors.mismatchedModel(name)];
    return name.startsWith(unsupportedModel) ? [errors.modelNotFound(name)] : [];
  }

  function checkBody(body: JsonObject): LineError[] {
    const missing = requiredInBody[endpoint].filter((name) => isAbsent(body[name]));
    if (endpoint === '/v1/responses' && inputOfResponse.every((name) => isAbsent(body[name])))
      missing.push('input');
    const found = missing.map((name) => errors.required(name));
    if (body.stream === true) found.push(errors.streaming(endpoint));
    if (typeof body.model === 'string') found.push(...checkModel(body.model));
    else if (!isAbsent(body.model))
      found.push(errors.wrongType('body.model', 'a string', jsonTypeName(body.model)));
    if (endpoint === '/v1/embeddings') {
      const before = embeddingInputs;
      embeddingInputs += countInputs(body.input);
      if (before <= maxEmbeddingInputs && embeddingInputs > maxEmbeddingInputs)
        found.push(errors.tooManyInputs());
    }
    return found;
  }

  function checkCustomId(customId: unknown): LineError[] {
    if (typeof customId !== 'string')
      return [errors.wrongType('custom_id', 'a string', jsonTypeName(customId))];
    // Long ids are kept as their digest: 50,000 of them must not fill the memory.
    const key =
      customId.length <= 64 ? customId : `long id: ${customId.length} ${digest(customId)}${'.'.repeat(64)}`;
    if (customIds.has(key)) return [errors.duplicateCustomId(customId)];
    customIds.add(key);
    return [];
  }

  return {
    get model() {
      return model;
    },
    check(text) {
      const request = parse(text);
      if (!isJsonObject(request)) return [errors.invalidJson()];
      const { custom_id: customId, method, url, body } = request;
      const found = ['custom_id', 'method', 'url', 'body']
        .filter((name) => isAbsent(request[name]))
        .map((name) => errors.missing(name));
      if (!isAbsent(customId)) found.push(...checkCustomId(customId));
      if (!isAbsent(method) && method !== 'POST') found.push(errors.invalidMethod());
      if (!isAbsent(url) && url !== endpoint) found.push(errors.invalidUrl());
      if (isJsonObject(body)) found.push(...checkBody(body));
      else if (!isAbsent(body)) found.push(errors.wrongType('body', 'an object', jsonTypeName(body)));
      if (found.length > 0) return found;
      return { customId: String(customId), body: body as JsonObject };
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
