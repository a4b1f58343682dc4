import { createReadStream } from 'node:fs';
import type { ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { newId } from '../ids.ts';

/** A file that is being written; it has its name only after `commit`. */
export interface StorageWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Gives the file its name, at once and whole. */
  commit(name: string): Promise<void>;
  /** Throws away what was written. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** The folder of JSONL files. Names are relative paths such as `inputs/….jsonl`. */
export interface Storage {
  createWriter(): Promise<StorageWriter>;
  /** Bytes of a file, `null` when there is none. */
  size(name: string): Promise<number | null>;
  read(name: string): ReadStream;
  /** Where a file is, for what takes a path only. */
  path(name: string): string;
  remove(name: string): Promise<void>;
}

/** Name of a kept result file. */
export function resultName(batchId: string, type: 'output' | 'error'): string {
  // The id comes from the provider: nothing in it may lead out of the folder.
  return `results/${batchId.replace(/[^\w-]/g, '_')}_${type}.jsonl`;
}

/** Name of the copy of an input. */
export function inputName(inputId: string): string {
  return `inputs/${inputId}.jsonl`;
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
    remove: (name) => rm(path(name), { force: true }),
  };
}
