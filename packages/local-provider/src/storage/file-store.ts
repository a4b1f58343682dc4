import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { copyFile, link, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { defaultFileLifetimeSeconds } from '../limits.ts';
import type { DataFolder } from './data-folder.ts';
import { openRecordFolder, type StoredRecord } from './record-folder.ts';

/** What is kept of one file beside its content. */
export interface FileRecord extends StoredRecord {
  bytes: number;
  createdAtMs: number;
  expiresAtMs: number;
  filename: string;
  purpose: 'batch' | 'batch_output';
}

/** What is known of a file that was just written. */
export interface NewFile {
  id: string;
  bytes: number;
  filename: string;
  purpose: FileRecord['purpose'];
  /** 30 days if not given. */
  lifetimeSeconds?: number | undefined;
}

/** The files, with their contents on disk. Expired files do not exist for any of these. */
export interface FileStore {
  get(id: string): FileRecord | undefined;
  has(id: string): boolean;
  /** Oldest first. */
  all(): FileRecord[];
  /** A path to write new content to, for `adopt` to take or for the caller to delete. */
  unfinishedPath(): string;
  /** Takes the content at `path` as a file; one that exists under the same id is replaced. */
  adopt(path: string, file: NewFile): Promise<FileRecord>;
  /** Opens the content for reading. */
  open(id: string): Promise<FileHandle>;
  /** Makes the content available at `target` too, and keeps it so when the file is deleted. */
  keepAs(id: string, target: string): Promise<void>;
  delete(id: string): Promise<void>;
  /** Deletes the content of expired files. */
  purgeExpired(): Promise<void>;
}

/** Opens the files of a data folder; content without a record (a process was killed in between) is dropped. */
export async function openFileStore(folder: DataFolder): Promise<FileStore> {
  const records = openRecordFolder<FileRecord>(folder.files);
  const contentPath = (id: string) => join(folder.files, `${id}.data`);
  const isAlive = (record: FileRecord) => record.expiresAtMs > Date.now();

  for (const name of readdirSync(folder.files)) {
    const isKnown = name.endsWith('.data')
      ? records.has(name.slice(0, -'.data'.length))
      : name.endsWith('.json');
    if (!isKnown) await rm(join(folder.files, name), { force: true });
  }

  const store: FileStore = {
    get(id) {
      const record = records.get(id);
      return record && isAlive(record) ? record : undefined;
    },
    has: (id) => records.has(id),
    all: () => records.all().filter(isAlive),
    unfinishedPath: () => join(folder.unfinished, randomBytes(12).toString('hex')),
    async adopt(path, { id, bytes, filename, purpose, lifetimeSeconds = defaultFileLifetimeSeconds }) {
      await rename(path, contentPath(id));
      const createdAtMs = Date.now();
      const expiresAtMs = createdAtMs + lifetimeSeconds * 1000;
      const record = { id, order: records.nextOrder(), bytes, createdAtMs, expiresAtMs, filename, purpose };
      records.save(record);
      return record;
    },
    open: (id) => open(contentPath(id), 'r'),
    async keepAs(id, target) {
      // A hard link costs nothing; where the file system has none, a copy does.
      await link(contentPath(id), target).catch(() => copyFile(contentPath(id), target));
    },
    async delete(id) {
      records.delete(id);
      await rm(contentPath(id), { force: true });
    },
    async purgeExpired() {
      for (const record of records.all()) if (!isAlive(record)) await store.delete(record.id);
    },
  };
  await store.purgeExpired();
  return store;
}
