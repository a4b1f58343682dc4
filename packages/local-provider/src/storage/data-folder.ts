import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The paths inside one data folder. */
export interface DataFolder {
  /** Records and contents of files: `<id>.json`, `<id>.data`. */
  files: string;
  /** Records and inputs of batches: `<id>.json`, `<id>.input`. */
  batches: string;
  /** Whatever is not finished: emptied at every start. */
  unfinished: string;
}

/** Makes the folder if needed, and drops what an earlier process left unfinished. Throws if it cannot be written. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const folder = {
    files: join(dataDir, 'files'),
    batches: join(dataDir, 'batches'),
    unfinished: join(dataDir, 'unfinished'),
  };
  await rm(folder.unfinished, { recursive: true, force: true });
  for (const path of Object.values(folder)) await mkdir(path, { recursive: true });
  return folder;
}
