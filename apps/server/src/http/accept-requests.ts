import type { IncomingMessage } from 'node:http';
import type { InputScope } from '@batchdesk/shared';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services, StagedInput } from '../services.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The requests that came with the body; gone with the answer unless they were kept. */
    stagedInput: StagedInput | null;
  }
  interface FastifyContextConfig {
    /** What the requests that a route takes are for. A batch when left out. */
    scope?: InputScope;
    /** They are estimated, and nothing else. */
    isEstimated?: boolean;
  }
}

/**
 * Reads JSON bodies that may carry a whole batch: their `requests` are checked and written to disk as they come in. What
 * is left is the body: `requests` is empty where there was a list.
 */
export function acceptRequests(app: FastifyInstance, services: Services): void {
  app.decorateRequest('stagedInput', null);
  // Not `onResponse`, which never comes for a caller who is gone by then.
  app.addHook('onSend', async ({ raw, stagedInput }, reply) => {
    if (!raw.complete) {
      reply.removeHeader('connection'); // Fastify would close it after a parser's error
      readToEnd(raw);
    }
    await stagedInput?.[Symbol.asyncDispose]();
  });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', async (request: FastifyRequest, payload: IncomingMessage) => {
    // tRPC's clients put several calls into one body, or one call as if there were several.
    const isBatch = (request.query as { batch?: unknown }).batch === '1';
    const place = isBatch ? 'first call' : 'body';
    const { scope, isEstimated } = request.routeOptions.config;
    const { body, staged } = await services.stageJson(readBody(payload), { scope, isEstimated, place });
    request.stagedInput = staged;
    return body;
  });
}

/** How long a body that was refused is read on, in milliseconds; then its connection is cut. */
const READ_ON_MS = 30_000;

/** The bytes of a body. Whoever stops in the middle leaves the rest to `acceptRequests`, and the connection as it is. */
export function readBody(payload: IncomingMessage): AsyncIterable<Uint8Array> {
  return payload.iterator({ destroyOnReturn: false });
}

/** Reads the rest of a body that was refused and throws it away: many listen only when they have sent everything. */
function readToEnd(raw: IncomingMessage): void {
  if (raw.destroyed) return;
  const { socket } = raw;
  const timer = setTimeout(() => socket.destroy(), READ_ON_MS).unref();
  raw.once('close', () => clearTimeout(timer));
  raw.on('error', () => {}); // the caller has gone
  raw.unpipe();
  raw.resume();
}
