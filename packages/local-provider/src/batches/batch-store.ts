import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { DataFolder } from '../storage/data-folder.ts';
import { openRecordFolder, type RecordFolder } from '../storage/record-folder.ts';
import { isTerminal, type BatchRecord } from './batch-record.ts';

/** The batches, and the inputs of those that are not finished. */
export interface BatchStore extends RecordFolder<BatchRecord> {
  /** Where the input of a batch is, as long as it runs: the file it came from may be deleted meanwhile. */
  inputPath(id: string): string;
  /** Stores changes to the latest version of a record. Throws if there is no such batch. */
  update(id: string, changes: Partial<BatchRecord>): BatchRecord;
}

/** Opens the batches of a data folder and drops inputs that no running batch needs. */
export async function openBatchStore(folder: DataFolder): Promise<BatchStore> {
  const records = openRecordFolder<BatchRecord>(folder.batches);
  const store: BatchStore = {
    ...records,
    inputPath: (id) => join(folder.batches, `${id}.input`),
    update(id, changes) {
      const record = records.get(id);
      if (!record) throw new Error(`There is no batch ${id}.`);
      const updated = { ...record, ...changes };
      records.save(updated);
      return updated;
    },
  };
  for (const name of await readdir(folder.batches)) {
    const record = records.get(name.replace(/\.input$/, ''));
    const isNeeded = name.endsWith('.json') || (record && !isTerminal(record.status));
    if (!isNeeded) await rm(join(folder.batches, name), { force: true });
  }
  return store;
}
