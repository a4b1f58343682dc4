import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import serverFlags from '../../scripts/server-flags.json' with { type: 'json' };
import { waitFor } from '../helpers/wait-for.ts';
import { startProgram } from './start-program.ts';
import type { Program } from './start-program.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVER = join(ROOT, 'apps/server/src/main.ts');
const PROVIDER = join(ROOT, 'packages/local-provider/src/cli.ts');
const KEY = 'sk-local-benchmarks';
/** Milliseconds after the start in which the server comes to rest. */
const REST_MS = 500;

/** A server and the provider behind it, each its own program in a process of its own. */
export interface World extends AsyncDisposable {
  folder: string;
  server: { url: string; program: Program };
  provider: Provider;
  databaseUrl: string;
}

/** The local provider, called past the server. */
export interface Provider {
  url: string;
  /** Arguments of curl. */
  authorization: readonly string[];
  /** `path` begins after `/v1` or is one of `/control`. */
  call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** Makes batches stay `in_progress` from now on: a provider that works would compete for the processors. */
  holdBatches(): Promise<void>;
  /** Waits until a batch that is held has been read and nothing more is done for it. */
  waitUntilHeld(batchId: string): Promise<void>;
}

/** Starts both on a folder, which may be one that they worked on before, and lets them come to rest. */
export async function startWorld(
  folder: string,
  { enqueuedTokenLimit }: { enqueuedTokenLimit?: number } = {},
): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const providerProgram = stack.use(
    await startProgram(PROVIDER, {
      args: [
        '--port',
        '0',
        '--api-key',
        KEY,
        '--control',
        '--duration-ms',
        '0',
        '--data-dir',
        `${folder}/provider`,
        ...(enqueuedTokenLimit === undefined ? [] : ['--enqueued-token-limit', String(enqueuedTokenLimit)]),
      ],
      ready: /OPENAI_BASE_URL=(\S+)\nOPENAI_API_KEY=/,
    }),
  );
  const provider = describeProvider(providerProgram.groups[0]!);
  const databaseUrl = `file:${join(folder, 'data/batches.db')}`;
  const program = stack.use(
    await startProgram(SERVER, {
      flags: serverFlags, // as `npm start` does
      // Away from a .env of whoever runs this.
      cwd: folder,
      env: { PORT: '0', DATABASE_URL: databaseUrl, OPENAI_API_KEY: KEY, OPENAI_BASE_URL: provider.url },
      ready: /Batchdesk is at (\S+)\nProvider: .*\n/,
    }),
  );
  const server = { url: program.groups[0]!.replace('localhost', '127.0.0.1'), program };
  await fetch(`${server.url}/api/batch/list`);
  await delay(REST_MS);
  const running = stack.move();
  return {
    folder,
    server,
    provider,
    databaseUrl,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function describeProvider(url: string): Provider {
  const provider: Provider = {
    url,
    authorization: ['-H', `authorization: Bearer ${KEY}`],
    async call<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(path.startsWith('/control') ? new URL(path, url) : `${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${KEY}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async holdBatches() {
      const faults = [{ kind: 'batch_stuck', status: 'in_progress', times: 1_000 }];
      await provider.call('POST', '/control/faults', { faults });
    },
    async waitUntilHeld(batchId) {
      const ask = () => provider.call<{ status: string }>('GET', `/batches/${batchId}`);
      await waitFor(ask, ({ status }) => status === 'in_progress', 60_000);
    },
  };
  return provider;
}
