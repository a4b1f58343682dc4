import type { BatchEndpoint } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import type { InputFacts } from './input-scanner.ts';
import type { StorageReader } from '../storage/storage.ts';
import { openLedgerSpool } from './ledger-spool.ts';
import type { ScanSettings } from './scan-messages.ts';

/** How an input is checked. */
export interface StageOptions extends ScanSettings {
  /** The endpoint of all requests; asked for when the input has been read. */
  endpoint?: (() => BatchEndpoint | undefined) | undefined;
}

/** An input that was checked and written, and is gone at the end of the block unless it is kept. */
export interface StagedInput extends InputFacts, AsyncDisposable {
  /** Where it is until it is kept. */
  readonly path: string;
  /** The rows of its requests, for `insertRequests`; to be had until the end of the block. Read anew with each call. */
  ledger(): AsyncIterable<string>;
  /** Opens what was written. */
  open(): Promise<StorageReader>;
  /** Gives the file its name in storage. */
  keep(name: string): Promise<void>;
}

/**
 * Checks an input and writes it down, normalised, good or bad: see `refuseIfWrong`. Memory does not grow with it. Of an
 * input that breaks off nothing stays.
 *
 * @throws {BatchdeskError} `payload_too_large` in the scope of a batch
 */
export async function stageInput(
  { storage, scanner }: Pick<Deps, 'storage' | 'scanner'>,
  bytes: AsyncIterable<Uint8Array>,
  options: StageOptions = {},
): Promise<StagedInput> {
  await using opened = new AsyncDisposableStack();
  const writer = opened.adopt(await storage.createWriter(), ({ discard }) => discard());
  const spool = opened.adopt(await openLedgerSpool(storage), ({ discard }) => discard());
  const facts = await scanner.scan(bytes, { ...options, write: writer.write, writeLedger: spool.write });
  const owned = opened.move();
  return {
    ...facts,
    path: writer.path,
    ledger: spool.read,
    open: writer.open,
    keep: (name) => writer.commit(name),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
