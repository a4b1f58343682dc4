import type { Storage, StorageReader } from '../storage/storage.ts';

/** Reads lines of stored files by their places, with each file opened once as long as there are not too many. */
export interface LineReader extends AsyncDisposable {
  read(name: string, offset: number, length: number): Promise<Buffer>;
}

/** Files that are open at once: a process may have 1,024, on some systems 256. */
const MAX_OPEN = 64;

interface OpenedFile {
  reader: Promise<StorageReader>;
  /** Reads that are under way. */
  users: number;
}

/**
 * A reader that opens a file when the first line of it is asked for, and closes the one that was not asked for longest when
 * there are too many.
 */
export function createLineReader(storage: Storage, maxOpen = MAX_OPEN): LineReader {
  /** Those asked for last come last. */
  const opened = new Map<string, OpenedFile>();
  let released = Promise.withResolvers<void>();

  async function take(name: string): Promise<OpenedFile> {
    for (;;) {
      const known = opened.get(name);
      if (known || opened.size < maxOpen) {
        const file = known ?? { reader: storage.open(name), users: 0 };
        opened.delete(name);
        opened.set(name, file);
        file.users += 1;
        return file;
      }
      const idle = opened.entries().find(([, { users }]) => users === 0);
      if (idle) {
        opened.delete(idle[0]);
        await close(idle[1]);
      } else await released.promise;
    }
  }

  return {
    async read(name, offset, length) {
      const file = await take(name);
      try {
        return await (await file.reader).read(offset, length);
      } finally {
        file.users -= 1;
        released.resolve();
        released = Promise.withResolvers();
      }
    },
    async [Symbol.asyncDispose]() {
      for (const file of opened.values()) await close(file);
    },
  };
}

async function close({ reader }: OpenedFile): Promise<void> {
  const [opened] = await Promise.allSettled([reader]);
  if (opened.status === 'fulfilled') await opened.value.close();
}
