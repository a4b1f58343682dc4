import { join } from 'node:path';
import { startLocalProvider } from '@batchdesk/local-provider';
import type { LocalProvider, LocalProviderOptions } from '@batchdesk/local-provider';
import { openDatabase, readConfig, startServer } from '@batchdesk/server/testing';
import type { Database, RunningServer } from '@batchdesk/server/testing';
import { temporaryFolder } from './temporary-folder.ts';

/** A batch that takes no time at each stage. */
export const AT_ONCE = { validatingMs: 0, inProgressMs: 0, finalizingMs: 0, cancellingMs: 0 };

/** A server of our own, reached over HTTP, and the provider behind it, in a folder of their own. */
export interface TestServer extends AsyncDisposable {
  url: string;
  folder: string;
  local: LocalProvider;
  /** A second connection to the server's database. */
  db: Database;
  /** Ends the server and starts it again on the same folder. */
  restart(env?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

/** What to start it with. */
export interface TestServerOptions {
  provider?: Partial<LocalProviderOptions>;
  /** Variables beside those that make it quiet and separate. */
  env?: Record<string, string>;
}

/** Starts a server that works with a local provider whose faults the test scripts. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const folder = await temporaryFolder();
  const local = await startLocalProvider({
    dataDir: join(folder.path, 'provider'),
    durations: AT_ONCE,
    ...options.provider,
  });
  const environment = (more: Record<string, string> = {}) => ({
    PORT: '0',
    DATABASE_URL: `file:${join(folder.path, 'data/batches.db')}`,
    DATA_DIR: join(folder.path, 'data'),
    LOG_FILE: join(folder.path, 'logs/app.log'),
    LOG_LEVEL: 'error',
    OPENAI_API_KEY: local.apiKey,
    OPENAI_BASE_URL: local.url,
    ...options.env,
    ...more,
  });
  let server: RunningServer = await startServer(readConfig(environment()));
  const db = await openDatabase(environment().DATABASE_URL);
  return {
    get url() {
      return server.url;
    },
    folder: folder.path,
    local,
    db,
    async restart(env) {
      await server.close();
      server = await startServer(readConfig(environment(env)));
    },
    stop: () => server.close(),
    async [Symbol.asyncDispose]() {
      await server.close();
      await db.$disconnect();
      await local.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}
