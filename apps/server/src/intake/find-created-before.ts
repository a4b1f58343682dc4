import { BatchdeskError } from '@batchdesk/shared';
import { findBatch } from '../db/batches.ts';
import type { Database } from '../db/database.ts';
import { findSubmissionsOfJob } from '../db/job-submissions.ts';
import type { CreatedBatch } from '../submission/submit.ts';

/**
 * The batch of a job that was made before, for a caller who comes again.
 *
 * @throws {BatchdeskError} `idempotency_key_in_use` while it is being made, `submission_unconfirmed` while it is in doubt
 */
export async function findCreatedBefore(db: Database, job_id: string): Promise<CreatedBatch> {
  const [submission] = await findSubmissionsOfJob(db, job_id, { limit: 1 });
  const batch = submission?.batch_id ? await findBatch(db, submission.batch_id) : null;
  if (batch) return { batch };
  const isInDoubt = submission?.status === 'creating' && submission.failures > 0;
  if (isInDoubt) throw new BatchdeskError('submission_unconfirmed', { details: { job_id } });
  throw new BatchdeskError('idempotency_key_in_use', { param: 'Idempotency-Key' });
}
