import { BatchdeskError, LIMITS } from '@batchdesk/shared';
import type { FastifyRequest } from 'fastify';

/** What a thrown thing may carry: Fastify, Node and SQLite all put a code on their errors. */
interface ErrorWithCode {
  code?: string;
  message?: string;
  statusCode?: number;
  headers?: Record<string, string>;
}

/** The error of the catalog for anything that was thrown; on the way of a request, if there is one. */
export function toBatchdeskError(thrown: unknown, request?: FastifyRequest): BatchdeskError {
  if (thrown instanceof BatchdeskError) return thrown;
  const { code, message = '', statusCode = 500, headers } = (thrown ?? {}) as ErrorWithCode;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': {
      const max_bytes = request?.routeOptions.bodyLimit ?? LIMITS.bodyBytes;
      return new BatchdeskError('payload_too_large', { details: { max_bytes } });
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new BatchdeskError('unsupported_media_type', { details: { expected: 'application/json' } });
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return new BatchdeskError('unsupported_media_type', { details: { expected: 'multipart/form-data' } });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'ERR_STREAM_PREMATURE_CLOSE':
    case 'ECONNRESET':
      return new BatchdeskError('upload_incomplete', { cause: thrown });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new BatchdeskError('storage_full', { cause: thrown });
  }
  if (isDatabaseLocked(thrown)) {
    return new BatchdeskError('database_busy', { cause: thrown, retryAfterSeconds: 1 });
  }
  // Prisma wraps SQLite's own message for a full disk; the multipart parser has no code for a cut body.
  if (message.includes('database or disk is full'))
    return new BatchdeskError('storage_full', { cause: thrown });
  if (/unexpected end of (?:form|multipart data)/i.test(message))
    return new BatchdeskError('upload_incomplete', { cause: thrown });
  if (message.includes('Boundary not found')) {
    const details = { expected: 'multipart/form-data with a boundary' };
    return new BatchdeskError('unsupported_media_type', { details, cause: thrown });
  }
  if (statusCode === 416) {
    const bytes = Number(headers?.['Content-Range']?.split('/')[1] ?? 0);
    return new BatchdeskError('range_not_satisfiable', { details: { bytes }, cause: thrown });
  }
  if (statusCode >= 400 && statusCode < 500) {
    return new BatchdeskError('invalid_value', {
      param: 'request',
      details: { reason: message },
      cause: thrown,
    });
  }
  return new BatchdeskError('internal_error', { cause: thrown });
}

/** Prisma keeps the words of SQLite in its message for raw queries only; for others they are in what it wraps. */
function isDatabaseLocked(thrown: unknown): boolean {
  const { message, meta, cause } = (thrown ?? {}) as WrappedError;
  const wrapped = meta?.driverAdapterError?.cause ?? cause;
  return [message, wrapped?.message, wrapped?.originalMessage].some((text) =>
    text?.includes(DATABASE_LOCKED),
  );
}

/** What SQLite says for SQLITE_BUSY and its kinds. Source: sqlite3_errstr. */
const DATABASE_LOCKED = 'database is locked';

interface WrappedError {
  message?: string;
  meta?: { driverAdapterError?: { cause?: WrappedCause } };
  cause?: WrappedCause;
}

interface WrappedCause {
  message?: string;
  originalMessage?: string;
}
