import { LIMITS } from '@batchdesk/shared';
import { fastifyRequestHandler, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { logError } from '../http/error-answer.ts';
import type { Services } from '../services.ts';
import { appRouter } from './router.ts';
import type { AppRouter } from './router.ts';
import { toKnownError } from './trpc.ts';

/** Serves the router at `/trpc`. In a scope of its own, because the plugin replaces the parsers of the one it is in. */
export const serveTrpc: FastifyPluginAsync<{ services: Services }> = async (app, { services }) => {
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    createContext: ({ req }) => ({ services, requestId: req.id }),
    onError: ({ error, input, req }) => {
      logError(req, toKnownError(error, input));
    },
  };
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });

  // Inside the same parsers, but with room for a whole batch.
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    const handle = (req: FastifyRequest, res: FastifyReply) =>
      fastifyRequestHandler({ ...trpcOptions, req, res, path: 'batch.create' });
    scope.post('/trpc/batch.create', { bodyLimit: LIMITS.intakeBodyBytes }, handle);
  });
};
