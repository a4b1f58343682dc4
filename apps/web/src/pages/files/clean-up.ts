import type { CleanUpFilesAnswer } from '@batchdesk/shared';

/** What was deleted, and which files were not. */
export type CleanUp = Pick<CleanUpFilesAnswer, 'files' | 'bytes' | 'failed'>;

/** Cleans up call by call, as long as calls delete something: one deletes about 100 files. Throws what a call throws. */
export async function cleanUpAll(callOnce: () => Promise<CleanUpFilesAnswer>): Promise<CleanUp> {
  const failed = new Map<string, CleanUp['failed'][number]>();
  const done = { files: 0, bytes: 0 };
  for (;;) {
    // One after the other: each begins where the one before ended.
    const answer = await callOnce();
    done.files += answer.files;
    done.bytes += answer.bytes;
    // What is not deleted is tried again by each call.
    for (const failure of answer.failed) failed.set(failure.file_id, failure);
    if (!answer.has_more || answer.files === 0) return { ...done, failed: [...failed.values()] };
  }
}
