import { BatchdeskError, findJsonError } from '@batchdesk/shared';
import type { FastifyInstance } from 'fastify';

/** Reads JSON bodies; one that is no JSON is refused with the place where it goes wrong. */
export function acceptJson(app: FastifyInstance): void {
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    const text = body as string;
    if (text === '') return done(null, undefined);
    try {
      done(null, JSON.parse(text));
    } catch {
      done(new BatchdeskError('invalid_json', { details: { ...findJsonError(text) } }));
    }
  });
}
