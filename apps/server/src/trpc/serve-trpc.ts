import { ERRORS, SCOPE_LIMITS } from '@batchdesk/shared';
import { fastifyRequestHandler, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { acceptRequests } from '../http/accept-requests.ts';
import { logError, toErrorObject } from '../http/error-answer.ts';
import { toBatchdeskError } from '../http/foreign-error.ts';
import { readIdempotencyKey } from '../http/idempotency-key.ts';
import type { Services } from '../services.ts';
import { appRouter } from './router.ts';
import type { AppRouter } from './router.ts';
import { toJson } from './take-requests.ts';
import type { TakenFor } from './take-requests.ts';
import { toKnownError } from './trpc.ts';

/** The procedures that may bring requests along, any number of them, and what those are for. */
const TAKES_REQUESTS: Readonly<Record<string, TakenFor>> = {
  'batch.create': {},
  'batch.validate': {},
  'batch.estimate': { scope: 'job', isEstimated: true },
  'job.create': { scope: 'job' },
};

/** Serves the router at `/trpc`. In a scope of its own, because the plugin replaces the parsers of the one it is in. */
export const serveTrpc: FastifyPluginAsync<{ services: Services }> = async (app, { services }) => {
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    createContext: ({ req }) => ({
      services,
      requestId: req.id,
      stagedInput: req.stagedInput ?? null,
      idempotencyKey: () => readIdempotencyKey(req.headers),
    }),
    onError: ({ error, input, req }) => {
      logError(req, toKnownError(error, input));
    },
  };
  app.setErrorHandler(answerTrpcError);
  app.addHook('onRoute', (route) => void (route.schema = { hide: true })); // OpenAPI describes REST
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });

  // A whole input may come with these: its requests go to disk, and the procedure gets what is left.
  await app.register(async (routes) => {
    routes.removeAllContentTypeParsers();
    acceptRequests(routes, services);
    for (const [path, config] of Object.entries(TAKES_REQUESTS)) {
      const bodyLimit = SCOPE_LIMITS[config.scope ?? 'batch'].bodyBytes;
      routes.post(`/trpc/${path}`, { bodyLimit, config }, async (req, res) => {
        req.body = toJson(req.body, 'body');
        return fastifyRequestHandler({ ...trpcOptions, req, res, path });
      });
    }
  });
};

/** What goes wrong before a procedure is reached (no token, a body too large) has to look like tRPC all the same. */
function answerTrpcError(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toBatchdeskError(thrown, request);
  logError(request, known);
  const { status, trpc } = ERRORS[known.code];
  const data = { code: trpc, httpStatus: status, error: toErrorObject(known, request.id) };
  return reply
    .code(status)
    .send({ error: { message: known.message, code: TRPC_ERROR_CODES_BY_KEY[trpc], data } });
}
