import { hasSubmission, metadataToSend } from '../db/submissions.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { readMark } from '../submission-mark.ts';

/** Seconds by which the provider's clock may be behind ours. */
const CLOCK_SKEW_SECONDS = 10 * 60;

/**
 * Looks in the provider's listing for the batch that a submission may have created already. Newest first, so the search
 * ends at batches that are older than the submission.
 */
export async function findCreated(
  { db, provider }: Pick<Deps, 'db' | 'provider'>,
  submission: Submission,
): Promise<ProviderBatch | null> {
  const oldest = submission.created_at - CLOCK_SKEW_SECONDS;
  const isMarked = readMark(metadataToSend(submission)) === submission.id;
  let after: string | undefined;
  for (;;) {
    const page = await provider.listBatches(after ? { limit: 100, after } : { limit: 100 });
    for (const batch of page.data) {
      if (batch.created_at < oldest) return null;
      if (isMarked && readMark(batch.metadata) === submission.id) return batch;
      // Without our mark (the user took all 16 pairs) the file tells, unless the batch came of another submission.
      if (isMarked || batch.input_file_id !== submission.input_file_id) continue;
      if (!(await hasSubmission(db, batch.id))) return batch;
    }
    if (!page.has_more || page.last_id === null) return null;
    after = page.last_id;
  }
}
