import { ERRORS, errorType } from '@batchdesk/shared';
import type { BatchdeskError, ErrorObject } from '@batchdesk/shared';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toBatchdeskError } from './foreign-error.ts';

/** The error object of an answer: OpenAI's, and what we add. The one place where its shape is made. */
export function toErrorObject(error: BatchdeskError, requestId: string): ErrorObject {
  const { code, message, param, details, issues } = error;
  return {
    code,
    message,
    type: errorType(ERRORS[code].status),
    param,
    ...(Object.keys(details).length > 0 ? { details } : {}),
    ...(issues ? { issues } : {}),
    request_id: requestId,
  };
}

/** Logs an error at the level of the catalog. A caller's mistake needs no stack trace. */
export function logError({ log }: FastifyRequest, error: BatchdeskError): void {
  const { code, message } = error;
  const level = ERRORS[code].log;
  log[level](level === 'info' ? { code } : { code, err: error }, message);
}

/** Answers any error that a REST route threw. Unexpected ones say nothing of the inside; the log has them. */
export function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toBatchdeskError(thrown, request);
  const { status } = ERRORS[error.code];
  logError(request, error);
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds);
  if (status === 416) reply.header('content-range', `bytes */${error.details['bytes']}`);
  // Sent as text: the answer has no schema of the route's, which may be another content type altogether.
  const answer = JSON.stringify({ success: false, error: toErrorObject(error, request.id) });
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(answer);
}
