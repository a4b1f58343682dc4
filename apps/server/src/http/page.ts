import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const PAGE_DIR = join(import.meta.dirname, '../../../web/dist');

/** The addresses of the page; what they mean is up to it. */
const PAGES = [
  '/',
  '/batch-api.html',
  '/batches',
  '/batches/*',
  '/new',
  '/files',
  '/settings',
  '/settings/*',
];

/** What programs ask for: a mistake in such an address is answered in JSON. */
const FOR_PROGRAMS = /^\/(?:api|trpc|docs|openapi\.json|assets)(?:[/?]|$)/;

/** Whether a browser asks for an address that leads nowhere, and the page should say so. */
export function isLostVisitor({ method, url, headers }: FastifyRequest): boolean {
  const takesHtml = headers.accept?.includes('text/html') ?? false;
  return method === 'GET' && takesHtml && !FOR_PROGRAMS.test(url) && existsSync(join(PAGE_DIR, 'index.html'));
}

/** Serves the built page at `/`, at its other addresses and, as the guide has it, at `/batch-api.html`. */
export async function servePage(app: FastifyInstance): Promise<void> {
  if (!existsSync(join(PAGE_DIR, 'index.html'))) {
    app.log.warn('The page is not built: run `npm start`, which builds it.');
    return;
  }
  await app.register(fastifyStatic, {
    root: PAGE_DIR,
    wildcard: false,
    preCompressed: true,
    index: false,
    setHeaders: (reply, path) => {
      // Built files carry a hash of their content in the name; the page that names them must be asked for anew.
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  for (const path of PAGES) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html'));
  }
}
