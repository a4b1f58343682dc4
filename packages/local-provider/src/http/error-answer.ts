import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

import { ApiError, badRequest } from '../api-error.ts';

/** Answers every error in OpenAI's shape; one that nobody foresaw says nothing of the inside. */
export function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const { status, headers, body } = error instanceof ApiError ? error : toApiError(error as FastifyError);
  reply.status(status).headers(headers).send(body);
}

/** Answers a route that does not exist. */
export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): void {
  const [path = ''] = request.url.split('?', 1);
  const { body } = new ApiError(404, { message: `Invalid URL (${request.method} ${path})` });
  reply.status(404).send(body);
}

function toApiError(error: FastifyError): ApiError {
  const { statusCode = 500 } = error;
  if (error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return badRequest('We could not parse the JSON body of your request. The API expects a JSON payload.');
  }
  if (statusCode >= 400 && statusCode < 500) return new ApiError(statusCode, { message: error.message });
  const message = 'The server had an error while processing your request.';
  return new ApiError(500, { message, type: 'server_error' });
}
