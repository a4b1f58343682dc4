import { BatchdeskError } from '@batchdesk/shared';
import { APIConnectionError, APIError } from 'openai';

/** What a call was about, for the errors that name it. */
export interface CallSubject {
  batch_id?: string;
  file_id?: string;
}

/** Codes that mean the account has to be mended before anything works again. Source: OpenAI's error codes page. */
const BILLING_CODES = ['insufficient_quota', 'billing_hard_limit_reached', 'billing_not_active'];

/** Turns whatever the SDK threw into an error of the catalog. The only place that knows the SDK's errors. */
export function mapProviderError(error: unknown, subject: CallSubject = {}): BatchdeskError {
  if (error instanceof BatchdeskError) return error;
  if (error instanceof APIConnectionError)
    return new BatchdeskError('provider_unreachable', { cause: error });
  if (!(error instanceof APIError)) return new BatchdeskError('provider_error', { cause: error });

  const { status, code } = error;
  if (typeof code === 'string' && BILLING_CODES.includes(code)) {
    return new BatchdeskError('insufficient_quota', { cause: error });
  }
  switch (status) {
    case 401:
    case 403:
      return new BatchdeskError('provider_unauthorized', { cause: error });
    case 404:
      return mapNotFound(error, subject);
    case 429:
      return new BatchdeskError('rate_limited', { cause: error, retryAfterSeconds: readRetryAfter(error) });
    case 400:
    case 409:
    case 413:
    case 422:
      return rejected(error);
    default:
      return new BatchdeskError('provider_error', { cause: error });
  }
}

/**
 * Whether the provider may have done the work although it did not say so: then it must be looked for before it is
 * asked for again.
 */
export function isAmbiguous(error: BatchdeskError): boolean {
  if (error.code === 'provider_error') return true;
  return error.code === 'provider_unreachable' && !NEVER_SENT.includes(systemCode(error) ?? '');
}

/** Codes of a connection that was never made. Source: Node's system errors. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'];

/** The code of the system error at the bottom of an error's causes. */
function systemCode(error: Error): string | undefined {
  const { cause } = error;
  return cause instanceof Error ? systemCode(cause) : (error as NodeJS.ErrnoException).code;
}

function mapNotFound(error: APIError, subject: CallSubject): BatchdeskError {
  if (subject.batch_id) {
    return new BatchdeskError('batch_not_found', { details: { batch_id: subject.batch_id }, cause: error });
  }
  if (subject.file_id) {
    return new BatchdeskError('file_not_found', { details: { file_id: subject.file_id }, cause: error });
  }
  return rejected(error);
}

function rejected(error: APIError): BatchdeskError {
  // The SDK puts the status before the server's own sentence.
  const reason = error.message.replace(/^\d{3} /, '');
  const options = { details: { reason }, cause: error };
  return new BatchdeskError('provider_rejected', error.param ? { ...options, param: error.param } : options);
}

function readRetryAfter(error: APIError): number | undefined {
  const seconds = Number(error.headers?.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}
