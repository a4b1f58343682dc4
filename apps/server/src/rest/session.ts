import { BatchdeskError, errorAnswerSchema, sessionAnswerSchema, sessionSchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SESSION_COOKIE, isSameSecret, sessionOf } from '../http/guard.ts';

/** Seconds that a browser stays signed in. */
const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** Signs a browser in: links and downloads cannot send the token, a cookie goes with them. */
export const sessionRoute: FastifyPluginAsyncZod<{ apiToken: string | undefined }> = async (
  app,
  { apiToken },
) => {
  app.post(
    '/api/session',
    {
      schema: {
        tags: ['server'],
        summary: 'Sign a browser in with the API token',
        body: sessionSchema,
        response: { 200: sessionAnswerSchema, '4xx': errorAnswerSchema },
      },
    },
    async ({ body }, reply) => {
      if (!apiToken || !isSameSecret(body.token, apiToken)) throw new BatchdeskError('unauthorized');
      const cookie = {
        httpOnly: true,
        sameSite: 'strict',
        path: '/',
        secure: 'auto',
        maxAge: SESSION_SECONDS,
      } as const;
      reply.setCookie(SESSION_COOKIE, sessionOf(apiToken), cookie);
      return { success: true as const };
    },
  );
};
