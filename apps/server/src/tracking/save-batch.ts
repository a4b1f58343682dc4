import type { Batch } from '@batchdesk/shared';
import { importBatch } from '../db/import-batch.ts';
import { completeSubmission } from '../db/complete-submission.ts';
import { findOpenSubmission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { readMark } from '../submission-mark.ts';
import { moveBatch } from './move-batch.ts';

/**
 * Stores what the provider says of a batch, whoever made it: one of ours moves forward, one whose creation was never
 * confirmed joins its submission, and one made elsewhere gets a job of its own.
 */
export async function saveBatch(deps: Pick<Deps, 'db' | 'provider'>, batch: ProviderBatch): Promise<Batch> {
  const { db, provider } = deps;
  const moved = await moveBatch(deps, batch);
  if (moved) return moved;
  const mark = readMark(batch.metadata);
  const submission = mark && (await findOpenSubmission(db, mark));
  if (submission) return completeSubmission(db, submission, { batch, provider: provider.name });
  return importBatch(db, batch, provider.name);
}
