/** An HTTP error that one request of a batch gets, while the others go on. */
export interface RequestProblem {
  statusCode: number;
  error: { message: string; type: string; param: string | null; code: string | null };
}

/** The 400 of an endpoint that does not accept a parameter's value. */
export function invalidValue(param: string, message: string): RequestProblem {
  return { statusCode: 400, error: { message, type: 'invalid_request_error', param, code: 'invalid_value' } };
}

/** Checks an optional count such as `n`: null if it is absent or an integer within the bounds. */
export function checkCount(param: string, value: unknown, bounds: { min: number; max: number }) {
  if (value === undefined || value === null) return null;
  const isGood = Number.isInteger(value) && Number(value) >= bounds.min && Number(value) <= bounds.max;
  if (isGood) return null;
  return invalidValue(param, `Invalid '${param}': expected an integer from ${bounds.min} to ${bounds.max}.`);
}

/** A count that passed `checkCount`, or 1. */
export function countOrOne(value: unknown): number {
  return typeof value === 'number' ? value : 1;
}
