/** What to do with an input that is more than a batch takes. */
const JOBS_TAKE_ALL = 'POST /api/jobs takes inputs of any size and splits them.';

/**
 * Everything that can be wrong with an input: its code, and its sentence with `{name}` for details; `{param}` is the issue's
 * own. Codes, and the wording where they have one for it, are those of OpenAI's `errors.data`.
 */
export const ISSUES = {
  not_utf8: { code: 'invalid_encoding', message: 'This line is not valid UTF-8.' },
  not_json: { code: 'invalid_json_line', message: 'This line is not parseable as valid JSON.' },
  not_json_at: {
    code: 'invalid_json_line',
    message: 'This line is not parseable as valid JSON (column {column}).',
  },
  nul_byte: {
    code: 'invalid_json_line',
    message: 'This line is not parseable as valid JSON: it has a NUL byte (column {column}).',
  },
  no_request: { code: 'invalid_type', message: 'This request is not a JSON object.' },
  too_complex: {
    code: 'request_too_complex',
    message: 'This request has more than {limit} objects and lists.',
  },
  line_too_large: {
    code: 'line_too_large',
    message: 'This line is longer than the {limit} bytes that one request may have.',
  },

  missing: { code: 'missing_required_parameter', message: "Missing required parameter: '{param}'." },
  no_string: { code: 'invalid_type', message: "'{param}' must be a string." },
  empty_string: { code: 'invalid_type', message: "'{param}' must be a string of at least one character." },
  no_object: { code: 'invalid_type', message: "'{param}' must be an object." },
  no_array: { code: 'invalid_type', message: "'{param}' must be an array." },
  no_string_or_array: { code: 'invalid_type', message: "'{param}' must be a string or an array." },
  unusable_custom_id: {
    code: 'invalid_value',
    message: "'custom_id' has a NUL character or half of a surrogate pair.",
  },
  wrong_method: { code: 'invalid_method', message: "The method must be 'POST'." },
  unknown_url: {
    code: 'invalid_url',
    message: 'The URL provided for this request is not an endpoint of the Batch API.',
  },
  /** `name`: of the field, with a capital. */
  required: { code: 'invalid_request', message: '{name} parameter is required.' },
  streaming: { code: 'streaming_unsupported', message: 'Streaming is not supported in the Batch API.' },

  other_url: {
    code: 'invalid_url',
    message: 'The URL provided for this request does not match the batch endpoint.',
  },
  /** `first_line`: of the first request with this id. `scope`: batch or job. */
  duplicate_custom_id: {
    code: 'duplicate_custom_id',
    message:
      "The custom_id '{custom_id}' for this request is a duplicate of the request at line {first_line}. The custom_id parameter must be unique for each request in a {scope}.",
  },
  other_model: {
    code: 'mismatched_model',
    message:
      "The model '{model}' for this request does not match the rest of the batch. Each batch must contain requests for a single model. POST /api/jobs takes several models and splits them.",
  },
  too_many_models: {
    code: 'too_many_models',
    message: "The model '{model}' for this request is one too many; a job takes at most {limit} models.",
  },
  too_many_inputs: {
    code: 'too_many_embedding_inputs',
    message: 'This request has {count} embedding inputs; a batch takes at most {limit}.',
  },

  /** `scope`: batch or job. */
  empty_input: {
    code: 'empty_file',
    message: 'The input is empty. Please ensure that the {scope} contains at least one request.',
  },
  input_too_large: {
    code: 'input_too_large',
    message: `The input is larger than the {limit} bytes that a batch takes. ${JOBS_TAKE_ALL}`,
  },
  too_many_requests: {
    code: 'too_many_requests',
    message: `The input has {count} requests; a batch takes at most {limit}. ${JOBS_TAKE_ALL}`,
  },
  too_many_inputs_in_all: {
    code: 'too_many_embedding_inputs',
    message: `The input has {count} embedding inputs; a batch takes at most {limit}. ${JOBS_TAKE_ALL}`,
  },
} as const satisfies Record<string, { code: string; message: string }>;

/** What can be wrong with an input; several kinds may have one code. */
export type IssueKind = keyof typeof ISSUES;
