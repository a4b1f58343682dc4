import type { InputIssue } from './contracts/error.ts';
import { ERRORS, formatMessage } from './errors.ts';
import type { ErrorCode, ErrorDetails } from './errors.ts';

/** What an error may carry beside its code. */
export interface BatchdeskErrorOptions {
  /** Values for the places of its sentence. */
  details?: ErrorDetails;
  /** The field that is wrong. */
  param?: string;
  /** Everything that is wrong with an input file or list. */
  issues?: InputIssue[];
  /** Seconds to wait before another try, where the provider said so. */
  retryAfterSeconds?: number;
  /** What caused it; for the log, never for an answer. */
  cause?: unknown;
}

/** An error of the catalog: every stage throws these, and REST and tRPC turn them into answers. */
export class BatchdeskError extends Error {
  override readonly name = 'BatchdeskError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly param: string | null;
  readonly issues: InputIssue[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: BatchdeskErrorOptions = {}) {
    const details: ErrorDetails = { ...options.details };
    if (options.param !== undefined) details['param'] = options.param;
    super(formatMessage(ERRORS[code].message, details), { cause: options.cause });
    this.code = code;
    this.details = details;
    this.param = options.param ?? null;
    this.issues = options.issues;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
