import { nowSeconds } from './clock.ts';
import { findFileJobs } from './db/file-needs.ts';
import type { KnownFile } from './db/known-files.ts';
import { walkFiles } from './db/walk-files.ts';
import type { Deps } from './deps.ts';
import { isWhole, planCleanUp } from './file-state.ts';
import type { CleanUpPlan } from './file-state.ts';

/** A file that nothing needs, in one place or both. */
export interface CleanableFile {
  file: KnownFile;
  plan: CleanUpPlan;
  /** What its deletion frees, in both places. */
  bytes: number;
}

/** What nothing needs any more, oldest first: what a clean-up deletes and what the totals tell of it. */
export async function* findCleanable({
  db,
  provider,
  storage,
}: Pick<Deps, 'db' | 'provider' | 'storage'>): AsyncGenerator<CleanableFile> {
  for await (const files of walkFiles(db, provider.name)) {
    const found = await findFileJobs(db, files);
    const now = nowSeconds();
    for (const file of files) {
      const planWith = (hasCopy: boolean) =>
        planCleanUp(file, found.get(file.id)!, { provider: provider.name, now, hasCopy });
      const { stored_name } = file;
      let plan = planWith(stored_name !== null);
      // The disk is asked only where its answer decides.
      if (plan.provider && stored_name !== null)
        plan = planWith(isWhole(file, await storage.size(stored_name)));
      if (!plan.provider && !plan.here) continue;
      yield { file, plan, bytes: (file.bytes ?? 0) * (Number(plan.provider) + Number(plan.here)) };
    }
  }
}
