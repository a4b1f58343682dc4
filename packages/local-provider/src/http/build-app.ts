import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';

import { badRequest, unauthorized } from '../api-error.ts';
import { createRequestId } from '../ids.ts';
import { maxInputFileBytes } from '../limits.ts';
import type { ApiContext } from './api-context.ts';
import { apiRoutes } from './api-routes.ts';
import { createAuthenticator } from './authenticate.ts';
import { addControlRoutes } from './control-routes.ts';
import { answerError, answerUnknownRoute } from './error-answer.ts';
import { runCall } from './run-call.ts';

/** The HTTP side: routes, key, error shape. */
export interface App {
  fastify: FastifyInstance;
  /** Stops listening, cuts the connections, and waits for the calls that were being answered. */
  close(): Promise<void>;
}

/** Builds the server without listening. */
export async function buildApp(context: ApiContext): Promise<App> {
  const fastify = Fastify({
    genReqId: createRequestId,
    requestIdHeader: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // A large upload over a slow line may take hours.
    requestTimeout: 0,
  });
  const isAuthentic = createAuthenticator(context.apiKey);
  const running = new Set<Promise<unknown>>();

  fastify.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!isAuthentic(request.headers.authorization)) throw unauthorized();
  });
  fastify.setErrorHandler(answerError);
  fastify.setNotFoundHandler(answerUnknownRoute);
  // Not fastify's own parser: it refuses an empty body, which a cancel call may have.
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, text: string) => {
      if (text === '') return undefined;
      try {
        return JSON.parse(text);
      } catch {
        throw badRequest('We could not parse the JSON body of your request. The API expects a JSON payload.');
      }
    },
  );
  await fastify.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: maxInputFileBytes, files: 1, fields: 20 },
  });

  for (const { method, url, ...route } of apiRoutes) {
    fastify.route({
      method,
      url,
      handler(request, reply) {
        const call = runCall(context, route, { request, reply });
        const settled = call.catch(() => {}).finally(() => running.delete(settled));
        running.add(settled);
        return call;
      },
    });
  }
  if (context.control) addControlRoutes(fastify, context.faults);

  return {
    fastify,
    async close() {
      await fastify.close();
      await Promise.all(running);
    },
  };
}
