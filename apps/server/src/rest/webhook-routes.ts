import { webhookAnswerSchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { WEBHOOK_PATH } from '../http/guard.ts';
import type { Services } from '../services.ts';
import { errors, serverTag } from './route-schemas.ts';

/** A webhook has some hundred bytes. */
const MAX_BYTES = 1024 * 1024;

/** Takes the provider's webhooks. In a scope of its own: a signature covers the body as it was sent, so nothing parses it. */
export const webhookRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.post(
    WEBHOOK_PATH,
    {
      bodyLimit: MAX_BYTES,
      schema: {
        ...serverTag,
        summary: 'Take a webhook of OpenAI',
        description:
          'Signed with OPENAI_WEBHOOK_SECRET, as OpenAI signs them; no API token is asked for. The batch that it is about is asked about at once. Webhooks about anything else are taken and change nothing.',
        response: { 200: webhookAnswerSchema, ...errors },
      },
    },
    async ({ body, headers }) => {
      const text = typeof body === 'string' ? body : '';
      const { duplicate } = await services.receiveWebhook({ body: text, headers });
      return { success: true as const, ...(duplicate && { duplicate }) };
    },
  );
};
