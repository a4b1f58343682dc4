import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { createBufferCount } from '../free-buffers.ts';
import { newId } from '../ids.ts';

/** A file that is being written; it has its name only after `commit`. */
export interface StorageWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Where it is until `commit`, for what takes a path only. */
  readonly path: string;
  /** Opens what has been written so far, and what will be. */
  open(): Promise<StorageReader>;
  /** Reads what has been written so far, from its start. */
  read(): ReadStream;
  /** Gives the file its name, at once and whole. */
  commit(name: string): Promise<void>;
  /** Throws away what was written. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** A file that is open for reading in any order. It stays so when the file gets another name or is removed. */
export interface StorageReader {
  /** `length` bytes from `offset` on. Throws when they are not there. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** The folder of JSONL files. Names are relative paths such as `inputs/….jsonl`. */
export interface Storage {
  createWriter(): Promise<StorageWriter>;
  /** Bytes of a file, `null` when there is none. */
  size(name: string): Promise<number | null>;
  read(name: string): ReadStream;
  open(name: string): Promise<StorageReader>;
  /** Where a file is, for what takes a path only. */
  path(name: string): string;
  remove(name: string): Promise<void>;
}

/** Name of a kept result file. */
export function resultName(batchId: string, type: 'output' | 'error'): string {
  return `results/${toFileName(batchId)}_${type}.jsonl`;
}

/** The batch and kind that a name of a result file was made of, as far as it tells; `null` when it is no such name. */
export function readResultName(name: string): { batch_id: string; role: 'output' | 'error' } | null {
  const [, batch_id, role] = /^results\/([\w-]+)_(output|error)\.jsonl$/.exec(name) ?? [];
  return batch_id && (role === 'output' || role === 'error') ? { batch_id, role } : null;
}

/** Name of the copy of an input, by an id of ours or the provider's. */
export function inputName(inputId: string): string {
  return `inputs/${toFileName(inputId)}.jsonl`;
}

/** Ids may come from the provider: nothing in them may lead out of the folder. */
function toFileName(id: string): string {
  return id.replace(/[^\w-]/g, '_');
}

/**
 * Opens the folder of JSONL files, made if need be, and clears it of what a dead process left half written.
 *
 * @throws {Error} when the folder cannot be made or written
 */
export async function openStorage(dataDir: string): Promise<Storage> {
  const root = resolve(dataDir);
  const temporaryDir = join(root, 'tmp');
  await rm(temporaryDir, { recursive: true, force: true });
  await mkdir(temporaryDir, { recursive: true });

  function path(name: string): string {
    const full = resolve(root, name);
    if (!full.startsWith(root + sep)) throw new Error(`The name ${name} leads out of the data folder.`);
    return full;
  }

  async function createWriter(): Promise<StorageWriter> {
    const temporaryPath = join(temporaryDir, newId('input'));
    const handle = await open(temporaryPath, 'wx');
    let open_ = true;
    const close = async () => {
      if (open_) await handle.close();
      open_ = false;
    };
    return {
      write: async (bytes) => handle.writeFile(bytes),
      path: temporaryPath,
      open: async () => toReader(await open(temporaryPath)),
      read: () => createReadStream(temporaryPath),
      async commit(name) {
        await close();
        await mkdir(dirname(path(name)), { recursive: true });
        await rename(temporaryPath, path(name));
      },
      async discard() {
        await close();
        await rm(temporaryPath, { force: true });
      },
    };
  }

  async function size(name: string): Promise<number | null> {
    try {
      return (await stat(path(name))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  return {
    createWriter,
    size,
    path,
    read: (name) => createReadStream(path(name)),
    open: async (name) => toReader(await open(path(name))),
    remove: (name) => rm(path(name), { force: true }),
  };
}

function toReader(handle: FileHandle): StorageReader {
  const countUsed = createBufferCount();
  return {
    async read(offset, length) {
      const bytes = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
        if (bytesRead === 0) throw new Error(`A file ends before byte ${offset + length}.`);
        filled += bytesRead;
      }
      countUsed(length);
      return bytes;
    },
    close: () => handle.close(),
  };
}
