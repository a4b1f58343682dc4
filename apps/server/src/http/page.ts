import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const PAGE_DIR = join(import.meta.dirname, '../../../web/dist');

/** Serves the built page at `/` and, as the guide has it, at `/batch-api.html`. */
export async function servePage(app: FastifyInstance): Promise<void> {
  if (!existsSync(join(PAGE_DIR, 'index.html'))) {
    app.log.warn('The page is not built: run `npm start`, which builds it.');
    return;
  }
  await app.register(fastifyStatic, {
    root: PAGE_DIR,
    wildcard: false,
    index: false,
    setHeaders: (reply, path) => {
      // Built files carry a hash of their content in the name; the page that names them must be asked for anew.
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  for (const path of ['/', '/batch-api.html']) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html'));
  }
}
