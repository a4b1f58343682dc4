import { splitLines } from '../storage/split-lines.ts';
import type { Storage } from '../storage/storage.ts';

/** The rows of a ledger while its input is not yet a job's: on disk, as there may be any number of them. */
export interface LedgerSpool {
  /** Takes the next portion, which is JSON. */
  write(portion: string): Promise<void>;
  /** The portions that were written, in order; as often as asked for, until they are discarded. */
  read(): AsyncIterable<string>;
  discard(): Promise<void>;
}

/** Opens a temporary file with a portion a line: JSON has no line breaks of its own. */
export async function openLedgerSpool(storage: Pick<Storage, 'createWriter'>): Promise<LedgerSpool> {
  const writer = await storage.createWriter();
  return {
    write: (portion) => writer.write(Buffer.from(`${portion}\n`)),
    async *read() {
      for await (const { bytes } of splitLines(writer.read())) yield Buffer.from(bytes).toString();
    },
    discard: () => writer.discard(),
  };
}
