import type { Storage, StorageReader } from '../storage/storage.ts';

/** Reads lines of stored files by their places, with each file opened once. */
export interface LineReader extends AsyncDisposable {
  read(name: string, offset: number, length: number): Promise<Buffer>;
}

/** A reader that opens a file when the first line of it is asked for. */
export function createLineReader(storage: Storage): LineReader {
  const opened = new Map<string, Promise<StorageReader>>();
  return {
    async read(name, offset, length) {
      const reader = opened.get(name) ?? storage.open(name);
      opened.set(name, reader);
      return (await reader).read(offset, length);
    },
    async [Symbol.asyncDispose]() {
      for (const reader of await Promise.allSettled(opened.values())) {
        if (reader.status === 'fulfilled') await reader.value.close();
      }
    },
  };
}
