import { readdir } from 'node:fs/promises';
import type { LedgerRow } from '../../apps/server/src/db/requests.ts';
import { startInputScanner } from '../../apps/server/src/intake/input-scanner.ts';
import type { StagedInput } from '../../apps/server/src/intake/stage-input.ts';
import { openStorage } from '../../apps/server/src/storage/storage.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What staging needs, in a folder of its own. */
export async function openStage() {
  const folder = await temporaryFolder();
  const scanner = startInputScanner();
  return {
    storage: await openStorage(folder.path),
    scanner,
    /** The files in it, those half written included. */
    async files() {
      const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    async [Symbol.asyncDispose]() {
      await scanner.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A text as it comes in. */
export async function* inChunks(text: string | Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** All rows of an input's ledger. */
export async function rowsOf({ ledger }: Pick<StagedInput, 'ledger'>): Promise<LedgerRow[]> {
  const portions = await Array.fromAsync(ledger());
  return portions.flatMap((portion) => JSON.parse(portion) as LedgerRow[]);
}
