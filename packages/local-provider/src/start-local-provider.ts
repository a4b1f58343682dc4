import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import { findBatchFault, isTerminal } from './batches/batch-record.ts';
import { startBatchRunner } from './batches/batch-runner.ts';
import { openBatchStore } from './batches/batch-store.ts';
import { checkPort } from './check-port.ts';
import { createCallLog } from './faults/call-log.ts';
import { createFaultScript } from './faults/fault-script.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { buildApp } from './http/build-app.ts';
import { createFileVisibility } from './http/file-visibility.ts';
import { createIdSource } from './ids.ts';
import { parseOptions, type LocalProviderOptions } from './options.ts';
import { openDataFolder } from './storage/data-folder.ts';
import { openFileStore } from './storage/file-store.ts';

/** A provider that is running. */
export interface LocalProvider {
  /** The base URL for a client, such as `http://127.0.0.1:49152/v1`. */
  url: string;
  apiKey: string;
  faults: Faults;
  /** Stops it, waiting for work to end. The batches go on when a provider is started on the same folder again. */
  close(): Promise<void>;
}

const purgeEveryMs = 3_600_000;

/**
 * Starts an OpenAI-compatible server with files and batches, and goes on with the batches in its folder.
 * Throws if an option is wrong, the folder cannot be used, or the port cannot be listened on.
 */
export async function startLocalProvider(options: LocalProviderOptions): Promise<LocalProvider> {
  const settings = parseOptions(options);
  const { apiKey = `sk-local-${randomBytes(24).toString('hex')}`, host, port, durations } = settings;
  await checkPort(host, port);
  const folder = await openDataFolder(settings.dataDir);
  const files = await openFileStore(folder);
  const batches = await openBatchStore(folder);
  const ids = createIdSource();
  const script = createFaultScript();
  const callLog = createCallLog();
  const runner = startBatchRunner({
    batches,
    files,
    ids,
    durations,
    enqueuedTokenLimit: settings.enqueuedTokenLimit,
  });

  function release(batchId?: string): void {
    for (const record of batchId === undefined ? batches.all() : [batches.get(batchId)]) {
      if (!record || isTerminal(record.status) || !findBatchFault(record, 'batch_stuck')) continue;
      batches.update(record.id, {
        batchFaults: record.batchFaults.filter(({ kind }) => kind !== 'batch_stuck'),
      });
      runner.wake(record.id);
    }
  }

  const faults = createFaults({ script, ids, callLog, release });
  const { control, completionWindowMs } = settings;
  const visibility = createFileVisibility();
  const context = { apiKey, control, completionWindowMs, durations, files, batches, ids, runner, visibility };
  const app = await buildApp({ ...context, script, callLog, faults });
  // A failed purge is tried again an hour later; expired files are hidden whether or not they are deleted.
  const purge = setInterval(() => void files.purgeExpired().catch(() => {}), purgeEveryMs);
  purge.unref();

  async function close(): Promise<void> {
    clearInterval(purge);
    await app.close();
    await runner.close();
  }

  try {
    await app.fastify.listen({ host, port });
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `${originOf(app.fastify.server.address() as AddressInfo)}/v1`, apiKey, faults, close };
}

/** The origin to reach a listening server at, from this machine. */
function originOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (address === '::') return `http://[::1]:${port}`;
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}
