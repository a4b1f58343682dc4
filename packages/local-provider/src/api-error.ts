/** The body of every error answer, as OpenAI sends it. */
export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** An error that becomes an HTTP answer in OpenAI's shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly headers: Record<string, string>;

  constructor(status: number, error: ErrorFields, headers: Record<string, string> = {}) {
    super(error.message);
    this.name = 'ApiError';
    this.status = status;
    const { message, type = 'invalid_request_error', param = null, code = null } = error;
    this.body = { error: { message, type, param, code } };
    this.headers = headers;
  }
}

/** The parts of an error; `type` is `invalid_request_error` and the others null unless given. */
export interface ErrorFields {
  message: string;
  type?: string;
  param?: string | null;
  code?: string | null;
}

/** 400: what was sent is not acceptable. */
export function badRequest(message: string, fields: Omit<ErrorFields, 'message'> = {}): ApiError {
  return new ApiError(400, { message, ...fields });
}

/** 401. Says nothing of the key that was sent: it may be a real one, sent here by mistake. */
export function unauthorized(): ApiError {
  const message =
    'Incorrect API key provided. The local provider takes only the key it was started with, as `Authorization: Bearer <key>`.';
  return new ApiError(401, { message, code: 'invalid_api_key' });
}

/** 404 for a file that does not exist, is expired, or is not visible yet. */
export function noSuchFile(id: string): ApiError {
  return new ApiError(404, { message: `No such File object: ${id}`, param: 'id' });
}

/** 404 for a batch that does not exist. */
export function noSuchBatch(id: string): ApiError {
  return new ApiError(404, { message: `No batch found with id '${id}'.` });
}
