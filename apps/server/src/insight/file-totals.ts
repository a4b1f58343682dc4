import type { FileTotals } from '@batchdesk/shared';
import { findCleanable } from '../cleanable-files.ts';
import { sumFiles } from '../db/walk-files.ts';
import type { Deps } from '../deps.ts';
import { shareWork } from '../share-work.ts';

/** How many files there are and how large, and what of them nothing needs. Of very many it takes seconds. */
export function readFileTotals(deps: Pick<Deps, 'db' | 'provider' | 'storage'>): Promise<FileTotals> {
  return shareWork(deps.db, 'totals of files', async () => {
    const sums = await sumFiles(deps.db);
    return { ...sums, cleanable: await sumCleanable(deps) };
  });
}

async function sumCleanable(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
): Promise<FileTotals['cleanable']> {
  const sum = { files: 0, bytes: 0 };
  for await (const { bytes } of findCleanable(deps)) {
    sum.files += 1;
    sum.bytes += bytes;
  }
  return sum;
}
