import type { FileTotals } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { findFileJobs } from '../db/file-needs.ts';
import { sumFiles, walkFiles } from '../db/walk-files.ts';
import type { Deps } from '../deps.ts';
import { planCleanUp } from '../file-state.ts';
import { shareWork } from '../share-work.ts';

/** How many files there are and how large, and what of them nothing needs. Of very many it takes seconds. */
export function readFileTotals(deps: Pick<Deps, 'db' | 'provider'>): Promise<FileTotals> {
  return shareWork(deps.db, 'totals of files', async () => {
    const sums = await sumFiles(deps.db);
    return { ...sums, cleanable: await sumCleanable(deps) };
  });
}

async function sumCleanable({
  db,
  provider,
}: Pick<Deps, 'db' | 'provider'>): Promise<FileTotals['cleanable']> {
  const sum = { files: 0, bytes: 0 };
  for await (const files of walkFiles(db, provider.name)) {
    const jobs = await findFileJobs(db, files);
    for (const file of files) {
      const plan = planCleanUp(file, jobs.get(file.id)!, { provider: provider.name, now: nowSeconds() });
      if (!plan.provider && !plan.here) continue;
      sum.files += 1;
      sum.bytes += (file.bytes ?? 0) * (Number(plan.provider) + Number(plan.here));
    }
  }
  return sum;
}
