import type { Batch } from '@batchdesk/shared';
import { updateBatch } from '../db/batches.ts';
import { importBatch } from '../db/jobs.ts';
import { completeSubmission, findOpenSubmission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { readMark } from '../submission-mark.ts';

/**
 * Stores what the provider says of a batch, whoever made it: one of ours moves forward, one whose creation was never
 * confirmed joins its submission, and one made elsewhere gets a job of its own.
 */
export async function saveBatch(
  { db, provider }: Pick<Deps, 'db' | 'provider'>,
  batch: ProviderBatch,
): Promise<Batch> {
  const updated = await updateBatch(db, batch);
  if (updated) return updated;
  const mark = readMark(batch.metadata);
  const submission = mark && (await findOpenSubmission(db, mark));
  if (submission) return completeSubmission(db, submission, { batch, provider: provider.name });
  return importBatch(db, batch, provider.name);
}
