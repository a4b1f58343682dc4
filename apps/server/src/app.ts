import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { BatchdeskError, LIMITS } from '@batchdesk/shared';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { serveDocs } from './http/docs.ts';
import { answerError } from './http/error-answer.ts';
import { toFieldError } from './http/field-error.ts';
import { guard } from './http/guard.ts';
import { acceptJson } from './http/json-body.ts';
import { logRequests } from './http/log-requests.ts';
import { isLostVisitor, servePage } from './http/page.ts';
import { restRoutes } from './rest/routes.ts';
import { sessionRoute } from './rest/session.ts';
import type { Services } from './services.ts';
import { serveTrpc } from './trpc/serve-trpc.ts';

/** What the HTTP side is built from. */
export interface AppOptions {
  services: Services;
  /** Asked of every caller when set. */
  apiToken: string | undefined;
  /** Whether there is a secret that webhooks prove themselves by. */
  takesWebhooks: boolean;
  log: FastifyBaseLogger;
}

const self = ["'self'"];
const none = ["'none'"];
/** Nothing inline, nothing from elsewhere. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: self,
  scriptSrc: self,
  styleSrc: self,
  connectSrc: self,
  imgSrc: ["'self'", 'data:'],
  fontSrc: self,
  objectSrc: none,
  baseUri: none,
  formAction: self,
  frameAncestors: none,
};

/** Puts the HTTP server together. Opens nothing and listens nowhere. */
export async function buildApp({
  services,
  apiToken,
  takesWebhooks,
  log,
}: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => `req_${randomUUID().replaceAll('-', '')}`,
    bodyLimit: LIMITS.bodyBytes,
    forceCloseConnections: true, // subscriptions would hold up the end
    routerOptions: { maxParamLength: 5_000 }, // tRPC puts several procedure names into one path
  });
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data) => {
    const parsed = schema.safeParse(data);
    return parsed.success ? { value: parsed.data } : { error: toFieldError(parsed.error, data) };
  });
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    if (isLostVisitor(request)) return reply.code(404).sendFile('index.html');
    const { method, url } = request;
    throw new BatchdeskError('route_not_found', { details: { method, path: url.split('?')[0] ?? url } });
  });
  app.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id));
  logRequests(app);

  await app.register(cookie);
  guard(app, { apiToken, takesWebhooks });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    strictTransportSecurity: false, // for whoever puts TLS in front of it to decide
  });
  acceptJson(app);
  await serveDocs(app);
  await app.register(restRoutes, { services });
  await app.register(sessionRoute, { apiToken });
  await app.register(serveTrpc, { services });
  await servePage(app);
  return app;
}
