import { readFile } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { TestServer } from '../helpers/start-test-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** A page that has the functions of `create/` and nothing else, in front of a server. */
export interface CreateSite extends AsyncDisposable {
  url: string;
  /** What happens to a call instead of being handed on to the server. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
  /** Hands a call on to the server, and gives back nothing of its answer but its end. */
  loseAnswer(request: IncomingMessage, response: ServerResponse): void;
}

/** Builds `create-page.ts` as the page is built, and serves it with the headers of the server, whose API it has as well. */
export async function openCreateSite(server: TestServer): Promise<CreateSite> {
  const folder = await temporaryFolder();
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    // Without the development builds that a test would get.
    resolve: { conditions: ['browser', 'module'] },
    build: {
      outDir: folder.path,
      target: 'chrome123',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: fileURLToPath(new URL('create-page.ts', import.meta.url)),
        output: { entryFileNames: 'page.js' },
      },
    },
  });
  const policy = (await fetch(`${server.url}/api/health`)).headers.get('content-security-policy') ?? '';
  if (!policy.includes("script-src 'self'")) throw new Error(`This is no policy of the page: ${policy}`);

  const front = createServer((request, response) => {
    if (site.intercept?.(request, response)) return;
    if (request.url!.startsWith('/api/')) handOn(request, (answer) => pass(answer, response));
    else void serve(request.url!, response);
  });

  async function serve(path: string, response: ServerResponse): Promise<void> {
    response.setHeader('content-security-policy', policy);
    response.setHeader('content-type', path.endsWith('.js') ? 'text/javascript' : 'text/html');
    if (path === '/') {
      response.end(
        '<!doctype html><title>.</title><link rel="icon" href="/api/health"><script type="module" src="/page.js"></script><input type="file">',
      );
    } else response.end(await readFile(join(folder.path, path)));
  }

  function handOn(request: IncomingMessage, take: (answer: IncomingMessage) => void): void {
    const { host } = new URL(server.url);
    const headers = { ...request.headers, host, origin: server.url };
    request.pipe(ask(new URL(request.url!, server.url), { method: request.method!, headers }, take));
  }

  await new Promise<void>((resolve) => void front.listen(0, '127.0.0.1', resolve));
  const site: CreateSite = {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    intercept: null,
    loseAnswer(request, response) {
      handOn(request, (answer) => answer.resume().on('end', () => response.destroy()));
    },
    async [Symbol.asyncDispose]() {
      front.closeAllConnections();
      await new Promise((resolve) => void front.close(resolve));
      await folder[Symbol.asyncDispose]();
    },
  };
  return site;
}

function pass(answer: IncomingMessage, response: ServerResponse): void {
  response.writeHead(answer.statusCode!, answer.headers);
  answer.pipe(response);
}
