import type { FileNeed } from '@batchdesk/shared';
import type { FileJobs } from './db/file-needs.ts';
import type { KnownFile } from './db/known-files.ts';

/** Seconds for which a file that nobody has used yet is left alone: it was uploaded to be used. */
const UNUSED_SECONDS = 24 * 60 * 60;

/** Whether the provider should still have a file. */
export function isAtProvider({ provider, status, expires_at }: KnownFile, now: number): boolean {
  return provider !== null && status !== 'deleted' && (expires_at === null || expires_at > now);
}

/** Whether a copy of so many bytes has all of a file; of one whose size nobody knows any copy has. */
export function isWhole({ bytes }: KnownFile, sizeHere: number | null): boolean {
  return sizeHere !== null && (bytes === null || sizeHere === bytes);
}

/**
 * Why a file has to stay at the provider, and for which job; `null` when nothing needs it there. `hasCopy` is whether all of it
 * is here.
 */
export function findNeed(
  { stored_name }: KnownFile,
  jobs: FileJobs,
  hasCopy: boolean,
): { need: FileNeed; job_id: string } | null {
  // Where there was a copy, its jobs are read from it and from nothing else.
  const only = stored_name === null ? jobs.only : jobs.any;
  const reasons: [FileNeed, string | null][] = [
    ['active_batch', jobs.active],
    ['waiting_submission', jobs.waiting],
    ['results_not_collected', jobs.uncollected],
    ['only_copy', hasCopy ? null : only],
  ];
  for (const [need, job_id] of reasons) if (job_id !== null) return { need, job_id };
  return null;
}

/** Where a file can be deleted without anybody missing it. */
export interface CleanUpPlan {
  provider: boolean;
  here: boolean;
}

/**
 * Where a stored file can be deleted, if `hasCopy` is what it seems. At the provider: what was made here, whose jobs have ended,
 * and of which all is here. Our copy: when no job is read from it. An upload that nobody has used is left alone for a day.
 */
export function planCleanUp(
  file: KnownFile,
  jobs: FileJobs,
  { provider, now, hasCopy }: { provider: KnownFile['provider']; now: number; hasCopy: boolean },
): CleanUpPlan {
  const isOver =
    jobs.any !== null
      ? jobs.open === null && jobs.elsewhere === null && isOurs(file)
      : isAbandoned(file, now);
  const isNeeded = findNeed(file, jobs, hasCopy) !== null;
  return {
    provider: file.provider === provider && isAtProvider(file, now) && isOver && !isNeeded,
    here: file.stored_name !== null && jobs.any === null && isOver,
  };
}

/** Whether a file of a job of ours was made here: a batch may have been made of one that was not. */
function isOurs({ filename, purpose, sha256 }: KnownFile): boolean {
  return purpose !== 'batch' || sha256 !== null || isUploadOfSubmission(filename);
}

/**
 * Whether a file that no job uses was sent from here, of which only its hash is proof, and nobody will come for it. Results
 * that no batch names may be anybody's.
 */
function isAbandoned({ filename, purpose, sha256, created_at }: KnownFile, now: number): boolean {
  if (purpose !== 'batch' || sha256 === null) return false;
  return isUploadOfSubmission(filename) || created_at < now - UNUSED_SECONDS;
}

/** Whether a file was uploaded for a submission: these have its name. */
function isUploadOfSubmission(filename: string | null): boolean {
  return /^sub_[0-9a-f]{32}\.jsonl$/.test(filename ?? '');
}
