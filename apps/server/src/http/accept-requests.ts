import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../services.ts';

type StagedInput = Awaited<ReturnType<Services['stageInput']>>;

declare module 'fastify' {
  interface FastifyRequest {
    /** The requests that came with the body; gone after the answer unless they were kept. */
    stagedInput: StagedInput | null;
  }
}

/**
 * Reads JSON bodies that may carry a whole batch: their `requests` are checked and written to disk as they come in. What
 * is left is the body: `requests` is empty where there was a list.
 */
export function acceptRequests(app: FastifyInstance, services: Services): void {
  app.decorateRequest('stagedInput', null);
  app.addHook('onResponse', async ({ stagedInput }) => stagedInput?.[Symbol.asyncDispose]());
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    const { body, staged } = await services.stageJson(payload);
    request.stagedInput = staged;
    return body;
  });
}
