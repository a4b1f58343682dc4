import { BatchdeskError } from '@batchdesk/shared';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media types of bodies that a route takes. */
    takes?: readonly string[];
  }
}

/** Refuses bodies that a route does not take before any of it is read. */
export function checkMediaType(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers, routeOptions }) => {
    const { takes } = routeOptions.config;
    const mediaType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (takes === undefined) return;
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity') {
      throw new BatchdeskError('unsupported_media_type', {
        details: { expected: 'bodies that are not compressed' },
      });
    }
    if (takes.includes(mediaType)) return;
    throw new BatchdeskError('unsupported_media_type', { details: { expected: takes.join(' or ') } });
  });
}
