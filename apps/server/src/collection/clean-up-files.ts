import { BatchdeskError } from '@batchdesk/shared';
import type { CleanUpFilesAnswer, ErrorCode } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { dropIfGone } from '../db/delete-files.ts';
import { findFileJobs } from '../db/file-needs.ts';
import type { KnownFile } from '../db/known-files.ts';
import { walkFiles } from '../db/walk-files.ts';
import type { Deps } from '../deps.ts';
import { planCleanUp } from '../file-state.ts';
import type { CleanUpPlan } from '../file-state.ts';
import { inTurn } from '../share-work.ts';
import { deleteAtProvider } from './delete-at-provider.ts';
import { deleteCopy } from './delete-copy.ts';
import { sizeHere } from './find-file.ts';

type CleanUpDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'log'>;
type CleanUp = Pick<CleanUpFilesAnswer, 'files' | 'bytes' | 'failed' | 'has_more'>;

/** Files in one call: deleted, and not deleted. */
const MOST = { files: 100, failed: 20 };
/** What says of the provider as a whole that it deletes nothing now. */
const PROVIDER_DOWN: readonly ErrorCode[] = [
  'provider_unreachable',
  'provider_unauthorized',
  'rate_limited',
  'insufficient_quota',
  'api_key_not_configured',
];
/** What a job has come to need meanwhile stays, and is no failure. */
const NEEDED: readonly ErrorCode[] = ['file_in_use', 'file_kept', 'file_only_copy'];

/**
 * Deletes what nothing needs any more, at the provider and here: about 100 files a call, oldest first. A file that the provider
 * does not delete is told and left. With `dry_run` nothing is deleted, and all is counted.
 */
export function cleanUpFiles(deps: CleanUpDeps, { dry_run }: { dry_run: boolean }): Promise<CleanUp> {
  return dry_run
    ? cleanUp(deps, true)
    : inTurn(deps.storage, 'clean-up of files', () => cleanUp(deps, false));
}

async function cleanUp(deps: CleanUpDeps, isDryRun: boolean): Promise<CleanUp> {
  const { db, provider, log } = deps;
  const done: CleanUp = { files: 0, bytes: 0, failed: [], has_more: false };
  for await (const files of walkFiles(db, provider.name)) {
    const jobs = await findFileJobs(db, files);
    const now = nowSeconds();
    for (const file of files) {
      const plan = planCleanUp(file, jobs.get(file.id)!, { provider: provider.name, now });
      if (!(await isSafe(deps, file, plan))) continue;
      if (!isDryRun && (done.files >= MOST.files || done.failed.length >= MOST.failed)) {
        return { ...done, has_more: true };
      }
      try {
        if (!isDryRun) await deletePlanned(deps, file, plan);
        done.files += 1;
        done.bytes += (file.bytes ?? 0) * (Number(plan.provider) + Number(plan.here));
      } catch (error) {
        if (!(error instanceof BatchdeskError)) throw error;
        if (NEEDED.includes(error.code)) continue;
        done.failed.push({ file_id: file.id, code: error.code, message: error.message });
        log.warn({ file_id: file.id, code: error.code }, 'a file that nothing needs could not be deleted');
        if (PROVIDER_DOWN.includes(error.code)) return { ...done, has_more: true };
      }
    }
  }
  return done;
}

/** Whether there is anything to delete, and of what a job is read from all is here. */
async function isSafe(deps: CleanUpDeps, file: KnownFile, { provider, here }: CleanUpPlan): Promise<boolean> {
  if (!provider || here || file.stored_name === null) return provider || here;
  return (await sizeHere(deps, file)) === file.bytes;
}

async function deletePlanned(
  deps: CleanUpDeps,
  file: KnownFile,
  { provider, here }: CleanUpPlan,
): Promise<void> {
  if (provider) await deleteAtProvider(deps, file, file.stored_name !== null);
  if (here) await deleteCopy(deps, file);
  await dropIfGone(deps.db, file);
}
