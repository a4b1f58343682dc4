import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What every stored record has. `order` rises by one with each new record: it settles ties within one millisecond. */
export interface StoredRecord {
  id: string;
  order: number;
}

/** Records of one kind, in memory and as one JSON file each. */
export interface RecordFolder<R extends StoredRecord> {
  get(id: string): R | undefined;
  has(id: string): boolean;
  /** Oldest first. */
  all(): R[];
  /** The `order` for the next new record. */
  nextOrder(): number;
  /** Stores a new record or a new version of one. On disk when it returns. */
  save(record: R): void;
  delete(id: string): void;
}

/**
 * Opens a folder of records and reads them all: they are small, a kilobyte or so each.
 * Writes are synchronous on purpose: memory and disk never disagree, and no two versions of a record can overtake
 * each other. Each is written under another name and renamed, so a killed process leaves the old version or the new.
 */
export function openRecordFolder<R extends StoredRecord>(path: string): RecordFolder<R> {
  const records = new Map<string, R>();
  const stored = readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(path, name), 'utf8')) as R)
    .toSorted((left, right) => left.order - right.order);
  for (const record of stored) records.set(record.id, record);
  let lastOrder = stored.at(-1)?.order ?? 0;
  return {
    get: (id) => records.get(id),
    has: (id) => records.has(id),
    all: () => [...records.values()],
    nextOrder: () => ++lastOrder,
    save(record) {
      const target = join(path, `${record.id}.json`);
      writeFileSync(`${target}.new`, JSON.stringify(record));
      renameSync(`${target}.new`, target);
      records.set(record.id, record);
    },
    delete(id) {
      rmSync(join(path, `${id}.json`), { force: true });
      records.delete(id);
    },
  };
}
