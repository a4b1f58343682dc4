import { healthSchema } from '@batchdesk/shared';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Services } from '../services.ts';
import { errors, serverTag } from './route-schemas.ts';

/** The routes about the server itself, and who runs its batches. */
export const serverRoutes: FastifyPluginAsyncZod<{ services: Services }> = async (app, { services }) => {
  app.get(
    '/api/health',
    {
      schema: {
        ...serverTag,
        summary: 'Whether the server works, and its provider',
        response: { 200: healthSchema, ...errors },
      },
    },
    () => services.health(),
  );

  app.post(
    '/api/provider/resume',
    {
      schema: {
        ...serverTag,
        summary: 'Try a paused provider now',
        response: { 200: healthSchema, ...errors },
      },
    },
    () => services.resumeProvider(),
  );
};
