import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { startBackground } from './background.ts';
import type { Config } from './config.ts';
import { startCheckpointer } from './db/checkpointer.ts';
import { databasePath, openDatabase } from './db/database.ts';
import { clampDueTimes } from './db/time-jumps.ts';
import { removeUnacceptedJobs } from './db/remove-jobs.ts';
import { holdLock } from './db/lock.ts';
import { probeSoon } from './db/provider-pauses.ts';
import { recoverPlanning } from './db/settlements.ts';
import { dropClaims } from './db/submissions.ts';
import { createLogger } from './http/logger.ts';
import { startInputScanner } from './intake/input-scanner.ts';
import { watchProvider } from './provider/circuit.ts';
import { startProvider } from './provider/start-provider.ts';
import { createServices } from './services.ts';
import type { Step } from './steps.ts';
import { openStorage } from './storage/storage.ts';
import { startTokenCounter } from './submission/token-counter.ts';

/** A server that listens. */
export interface RunningServer {
  /** `http://HOST:PORT` */
  url: string;
  provider: { name: 'openai' | 'local'; ready: boolean; baseUrl: string };
  log: Logger;
  close(): Promise<void>;
}

/** What tests are told. */
export interface ServerHooks {
  onStep?: (step: Step) => void;
}

/** Milliseconds that background work gets to come to a safe point when the server is asked to end. */
const STOP_MS = 8_000;

/**
 * Opens everything that the configuration names and listens.
 *
 * @throws {Error} of Node, SQLite or the configuration when one of these cannot be had
 */
export async function startServer(config: Config, { onStep }: ServerHooks = {}): Promise<RunningServer> {
  const { log, addSecret, close: closeLog } = createLogger(config);
  if (config.apiToken) addSecret(config.apiToken);
  if (config.openaiApiKey) addSecret(config.openaiApiKey);
  if (config.webhookSecret) addSecret(config.webhookSecret);
  await using opened = new AsyncDisposableStack();
  opened.defer(closeLog);

  // Two servers would take each other's unfinished work for that of a dead one.
  const lockPaths = [join(config.dataDir, 'server.lock'), `${databasePath(config.databaseUrl)}.lock`];
  for (const path of lockPaths) opened.defer(holdLock(path));
  const storage = await openStorage(config.dataDir);
  const db = await openDatabase(config.databaseUrl);
  opened.defer(() => db.$disconnect());
  const checkpointer = startCheckpointer(databasePath(config.databaseUrl), (error) =>
    log.error({ err: error }, 'the thread that checkpoints the database has died'),
  );
  opened.defer(() => checkpointer.close());
  await removeUnacceptedJobs({ db, storage });
  await dropClaims(db);
  await clampDueTimes(db);
  await recoverPlanning(db);
  await probeSoon(db);
  const { provider: bare, secrets, close } = await startProvider(config);
  const { provider, circuit } = watchProvider(bare);
  secrets.forEach(addSecret);
  opened.defer(close);

  const scanner = startInputScanner();
  opened.defer(() => scanner.close());
  const tokens = startTokenCounter();
  opened.defer(() => tokens.close());
  const deps = { db, provider, circuit, storage, scanner, tokens, log, step: onStep ?? (() => {}) };
  let notify = () => {};
  const { apiToken, webhookSecret } = config;
  const services = createServices(deps, () => notify(), { webhookSecret });
  const takesWebhooks = webhookSecret !== undefined;
  const app = await buildApp({ services, apiToken, takesWebhooks, log });
  opened.defer(() => app.close());
  const url = await app.listen({ host: config.host, port: config.port });
  const runner = startBackground(deps);
  notify = runner.notify;
  opened.defer(() => Promise.race([runner.stop(), delay(STOP_MS)]));

  const resources = opened.move();
  return { url, provider, log, close: () => resources.disposeAsync() };
}
