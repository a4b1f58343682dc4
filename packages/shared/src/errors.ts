/** How an error is logged: `warn` and `error` are for what an operator should look at. */
export type ErrorLogLevel = 'info' | 'warn' | 'error';

/** OpenAI's error types. Source: the `error.type` of its answers. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'rate_limit_error'
  | 'server_error';

/** What an error is on each way out: HTTP status, tRPC code, log level, and its sentence. */
export interface ErrorFacts {
  readonly status: number;
  readonly trpc: string;
  readonly log: ErrorLogLevel;
  /** What is wrong and what to do, with `{name}` for details. */
  readonly message: string;
}

const badRequest = (message: string) => ({ status: 400, trpc: 'BAD_REQUEST', log: 'info', message }) as const;
const notFound = (message: string) => ({ status: 404, trpc: 'NOT_FOUND', log: 'info', message }) as const;
const conflict = (message: string) => ({ status: 409, trpc: 'CONFLICT', log: 'info', message }) as const;
const forbidden = (message: string) => ({ status: 403, trpc: 'FORBIDDEN', log: 'warn', message }) as const;
const badGateway = (message: string) => ({ status: 502, trpc: 'BAD_GATEWAY', log: 'warn', message }) as const;
const unavailable = (message: string) =>
  ({ status: 503, trpc: 'SERVICE_UNAVAILABLE', log: 'warn', message }) as const;

/** Every error a user can meet. The one place where a code gets its meaning. */
export const ERRORS = {
  invalid_json: badRequest(
    'The body is not valid JSON at position {position} (line {line}, column {column}). Correct it and send it again.',
  ),
  missing_required_parameter: badRequest('{param} is missing. Add it and send the request again.'),
  invalid_value: badRequest('{param} is not valid: {reason}'),
  unknown_parameter: badRequest('{param} is not a parameter here. Remove it or correct its name.'),
  conflicting_parameters: badRequest('Send either {first} or {second}, not both.'),
  invalid_input: badRequest(
    'The input has {count} problem(s), so nothing was sent. First: {reason} Correct what issues lists and send it again.',
  ),
  no_file: badRequest('No file came with the upload. Send multipart/form-data with a part named "file".'),
  upload_incomplete: badRequest(
    'The upload ended before the file was complete. Nothing was kept; send it again.',
  ),
  too_many_groups: badRequest('More than {max_groups} groups match. Narrow them with from and to.'),
  provider_rejected: badRequest('The provider refused this: {reason}'),

  unauthorized: {
    status: 401,
    trpc: 'UNAUTHORIZED',
    log: 'info',
    message:
      'This server asks for its API token. Send it as "Authorization: Bearer …", or sign in on the page.',
  },
  host_not_allowed: forbidden(
    'The host {host} is not one of this server. Use localhost, or set API_TOKEN to serve other names.',
  ),
  origin_not_allowed: forbidden(
    'Requests from pages of other sites are refused. Use this server’s own page.',
  ),

  route_not_found: notFound('There is nothing at {method} {path}. The endpoints are listed at /docs.'),
  batch_not_found: notFound("No batch found with id '{batch_id}'. Check the id, or list the batches."),
  job_not_found: notFound("No job found with id '{job_id}'. Check the id, or list the jobs."),
  file_not_found: notFound("No file found with id '{file_id}'. Upload it first, or check the id."),

  results_not_ready: conflict(
    'Batch {batch_id} is {status}: its results are not there yet. Try again later.',
  ),
  results_unavailable: conflict(
    'Batch {batch_id} is {status} and has no results: none of its requests was run.',
  ),
  results_expired: {
    status: 410,
    trpc: 'NOT_FOUND',
    log: 'info',
    message: 'The provider has deleted the results of batch {batch_id}, and no copy was kept here.',
  },
  input_expired: {
    status: 410,
    trpc: 'NOT_FOUND',
    log: 'info',
    message:
      'The provider has deleted the input of batch {batch_id}, and no copy was kept here: its requests are not known. Its files can still be downloaded with type=output and type=error.',
  },
  file_in_use: conflict(
    'Job {job_id} still needs file {file_id}. Wait until the job has ended and its results are here, then try again.',
  ),
  file_kept: conflict(
    'Job {job_id} is read from the copy of file {file_id} here. Delete the job to delete the copy, or with where=provider only the file at the provider.',
  ),
  file_only_copy: conflict(
    'There is no copy here of file {file_id}, which job {job_id} is read from. Open the requests and results of the job first, which copies them, or delete the job with its files at the provider.',
  ),
  file_elsewhere: conflict(
    'File {file_id} is at the provider {provider}, and this server works with another one. Start it with that provider, then try again.',
  ),
  file_deleting: conflict(
    'File {file_id} is being deleted, or has been. Upload it again, and use the id of the new file.',
  ),
  file_expired: {
    status: 410,
    trpc: 'NOT_FOUND',
    log: 'info',
    message: 'The provider has deleted file {file_id}, and no copy was kept here.',
  },
  job_not_cancellable: conflict('Job {job_id} is {status} and can no longer be cancelled.'),
  job_stopped: conflict('Job {job_id} was cancelled before its batch was created. Nothing was sent.'),
  job_not_finished: conflict(
    'Job {job_id} is {status}. Cancel it or wait until it has ended, then try again.',
  ),
  job_results_not_ready: conflict(
    'Job {job_id} has no results yet: none of its batches has ended. Try again later.',
  ),
  nothing_to_retry: conflict(
    'Job {job_id} has no request to try again: all that match have succeeded or are under way.',
  ),
  idempotency_key_reused: conflict(
    'This Idempotency-Key was used for another request. Use a new key, or send what was sent first.',
  ),
  idempotency_key_in_use: conflict(
    'The first request with this Idempotency-Key is still under way. Wait a little and send it again.',
  ),
  batch_not_cancellable: conflict('Batch {batch_id} is {status} and can no longer be cancelled.'),

  payload_too_large: {
    status: 413,
    trpc: 'PAYLOAD_TOO_LARGE',
    log: 'info',
    message: 'The body is larger than the {max_bytes} bytes allowed here. Send less at a time.',
  },
  range_not_satisfiable: {
    status: 416,
    trpc: 'BAD_REQUEST',
    log: 'info',
    message: 'The file has {bytes} bytes: the range that was asked for is beyond its end. Ask for less.',
  },
  unsupported_media_type: {
    status: 415,
    trpc: 'UNSUPPORTED_MEDIA_TYPE',
    log: 'info',
    message: 'This route takes {expected}. Set the Content-Type header to match what you send.',
  },
  rate_limited: {
    status: 429,
    trpc: 'TOO_MANY_REQUESTS',
    log: 'warn',
    message: 'The provider asks to slow down. Wait a little and send it again.',
  },
  budget_exceeded: {
    status: 402,
    trpc: 'PAYMENT_REQUIRED',
    log: 'info',
    message:
      'With this batch the month would cost about {expected} dollars, and the budget is {limit}. Raise the budget, or hand it in as a job, which waits: POST /api/jobs.',
  },
  insufficient_quota: {
    status: 429,
    trpc: 'TOO_MANY_REQUESTS',
    log: 'warn',
    message:
      'The provider account is out of quota or its billing is off. Mend that with the provider, then try again.',
  },

  internal_error: {
    status: 500,
    trpc: 'INTERNAL_SERVER_ERROR',
    log: 'error',
    message: 'Something went wrong on this server. Look for the request id in its log.',
  },
  provider_error: badGateway('The provider failed to answer properly. Nothing was lost; try again.'),
  provider_unreachable: badGateway('The provider could not be reached. Check the connection and try again.'),
  provider_unauthorized: badGateway(
    'The provider does not accept the API key. Correct OPENAI_API_KEY and restart.',
  ),
  submission_unconfirmed: badGateway(
    'The provider did not confirm the batch. Do not send it again: it goes on by itself as job {job_id}.',
  ),
  api_key_not_configured: unavailable(
    'API key not configured. Set OPENAI_API_KEY in .env and restart, or remove PROVIDER to run on the local provider.',
  ),
  webhook_not_configured: unavailable(
    'Webhooks are not taken: set OPENAI_WEBHOOK_SECRET in .env to the secret of the endpoint and restart.',
  ),
  webhook_invalid: badRequest(
    'The signature of this webhook is not right. Check OPENAI_WEBHOOK_SECRET and the clock of this server.',
  ),
  database_busy: unavailable(
    'The database is locked by another program. Nothing was lost; close that program and send it again.',
  ),
  storage_full: {
    status: 507,
    trpc: 'INTERNAL_SERVER_ERROR',
    log: 'error',
    message: 'The disk of this server is full. Nothing was kept; free some space and send it again.',
  },
} as const satisfies Record<string, ErrorFacts>;

/** The code of an error that a user can meet. */
export type ErrorCode = keyof typeof ERRORS;

/** Values for the `{name}` places of a message. */
export type ErrorDetails = Record<string, string | number>;

/** OpenAI's error type for a status. */
export function errorType(status: number): ErrorType {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 404 || status === 410) return 'not_found_error';
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}

/** Puts details into a sentence of the catalog or of a translation of it. Unknown places are left as they are. */
export function formatMessage(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(details, name) ? String(details[name]) : place,
  );
}
