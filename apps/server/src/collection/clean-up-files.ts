import { BatchdeskError } from '@batchdesk/shared';
import type { CleanUpFilesAnswer, ErrorCode } from '@batchdesk/shared';
import { findCleanable } from '../cleanable-files.ts';
import type { CleanableFile } from '../cleanable-files.ts';
import { dropIfGone } from '../db/delete-files.ts';
import type { Deps } from '../deps.ts';
import { inTurn } from '../share-work.ts';
import { deleteAtProvider } from './delete-at-provider.ts';
import { deleteCopy } from './delete-copy.ts';

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
  const done: CleanUp = { files: 0, bytes: 0, failed: [], has_more: false };
  for await (const cleanable of findCleanable(deps)) {
    const { file, bytes } = cleanable;
    if (!isDryRun && (done.files >= MOST.files || done.failed.length >= MOST.failed)) {
      return { ...done, has_more: true };
    }
    try {
      if (!isDryRun) await deletePlanned(deps, cleanable);
      done.files += 1;
      done.bytes += bytes;
    } catch (error) {
      if (!(error instanceof BatchdeskError)) throw error;
      if (NEEDED.includes(error.code)) continue;
      done.failed.push({ file_id: file.id, code: error.code, message: error.message });
      deps.log.warn({ file_id: file.id, code: error.code }, 'a file that nothing needs could not be deleted');
      if (PROVIDER_DOWN.includes(error.code)) return { ...done, has_more: true };
    }
  }
  return done;
}

async function deletePlanned(deps: CleanUpDeps, { file, plan }: CleanableFile): Promise<void> {
  if (plan.provider) await deleteAtProvider(deps, file);
  if (plan.here) await deleteCopy(deps, file);
  await dropIfGone(deps.db, file);
}
