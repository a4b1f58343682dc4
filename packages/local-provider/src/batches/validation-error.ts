import { maxEmbeddingInputs, maxLineBytes, maxRequests } from '../limits.ts';

/** One entry of a batch's `errors.data`. */
export interface ValidationError {
  code: string;
  message: string;
  param: string | null;
  /** Counts from 1; null if the error is not that of a line. */
  line: number | null;
}

/** A validation error before its line is known. */
export type LineError = Omit<ValidationError, 'line'>;

const bodyNames: Record<string, string> = {
  messages: 'Messages',
  input: 'Input',
  prompt: 'Prompt',
  model: 'Model',
};
const endpointNames: Record<string, string> = {
  '/v1/chat/completions': 'Chat Completions',
  '/v1/completions': 'Completions',
  '/v1/responses': 'Responses',
};

/** The errors of validation, with OpenAI's codes and, where they are known, its words. */
export const validationErrors = {
  invalidJson: (): LineError => error('invalid_json_line', 'This line is not parseable as valid JSON.'),
  lineTooLong: () => error('invalid_request', `This line is longer than the ${maxLineBytes} bytes maximum.`),
  missing: (param: string) =>
    error('missing_required_parameter', `Missing required parameter: '${param}'.`, param),
  wrongType: (param: string, expected: string, got: string) =>
    error(
      'invalid_type',
      `Invalid type for '${param}': expected ${expected}, but got ${got} instead.`,
      param,
    ),
  invalidMethod: () =>
    error('invalid_method', 'Invalid method. Only POST is supported in a batch.', 'method'),
  invalidUrl: () =>
    error('invalid_url', 'The URL provided for this request does not match the batch endpoint.', 'url'),
  duplicateCustomId: (id: string) =>
    error(
      'duplicate_custom_id',
      `The custom_id '${shorten(id)}' for this request is a duplicate of another request. ` +
        'The custom_id parameter must be unique for each request in a batch.',
      'custom_id',
    ),
  mismatchedModel: (model: string) =>
    error(
      'mismatched_model',
      `The model '${shorten(model)}' for this request does not match the rest of the batch. ` +
        'Each batch must contain requests for a single model.',
      'body.model',
    ),
  modelNotFound: (model: string) =>
    error(
      'model_not_found',
      `The provided model '${shorten(model)}' is not supported by the Batch API.`,
      'body.model',
    ),
  streaming: (endpoint: string) =>
    error(
      'streaming_unsupported',
      `${endpointNames[endpoint] ?? endpoint}: Streaming is not supported in the Batch API.`,
      'body.stream',
    ),
  required: (name: string) =>
    error('invalid_request', `${bodyNames[name] ?? name} parameter is required.`, `body.${name}`),
  emptyFile: () =>
    error(
      'empty_file',
      'The input file is empty. Please ensure that the batch contains at least one request.',
    ),
  tooManyRequests: () =>
    error('too_many_tasks', `The batch input file contains more than the ${maxRequests} requests maximum.`),
  tooManyInputs: () =>
    error(
      'too_many_tasks',
      `The batch input file contains more than the ${maxEmbeddingInputs} embedding inputs maximum.`,
      'body.input',
    ),
  tokenLimit: (model: string, limit: number) =>
    error(
      'token_limit_exceeded',
      `Enqueued token limit reached for ${model} in organization org-local. Limit: ${limit} enqueued tokens. ` +
        'Please try again once some in_progress batches have been completed.',
    ),
};

function error(code: string, message: string, param: string | null = null): LineError {
  return { code, message, param };
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text;
}
