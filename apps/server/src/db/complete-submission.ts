import type { Batch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import type { ProviderBatch } from '../provider/provider.ts';
import { costColumns } from './batch-costs.ts';
import { fromBatchRow } from './batch-row.ts';
import { insertBatch } from './batches.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import type { BatchModel } from './generated/models.ts';
import { removeJobRow } from './remove-jobs.ts';
import { priceInForce } from './prices.ts';
import type { Submission } from './submissions.ts';

/**
 * Stores the batch that came of a submission: from here on it is tracked. One that was met in a listing meanwhile stays as
 * it is; if it was taken for somebody else's, it changes its job, and its results are collected again for that one.
 */
export async function completeSubmission(
  db: Database,
  submission: Submission,
  { batch, provider }: { batch: ProviderBatch; provider: Batch['provider'] },
): Promise<Batch> {
  const { id, job_id } = submission;
  return db.$transaction(async (transaction) => {
    await transaction.submission.deleteMany({ where: { batch_id: batch.id, status: 'imported' } });
    await transaction.submission.update({
      where: { id },
      data: {
        status: 'submitted',
        batch_id: batch.id,
        claimed_until: 0,
        wait_reason: null,
        failures: 0,
        updated_at: nowSeconds(),
      },
    });
    const { model } = submission;
    const waited = await secondsWaited(transaction, submission);
    const known = await transaction.batch.findUnique({ where: { id: batch.id } });
    if (!known) return insertBatch(transaction, batch, { job_id, provider, model, waited });
    const costs = await costsOfKnown(transaction, known, model);
    const data = known.job_id === job_id ? {} : { job_id, collected_at: null, collect_after: 0 };
    const moved = await transaction.batch.update({
      where: { id: batch.id },
      data: { ...data, ...costs, waited },
    });
    if (known.job_id !== job_id) await removeJobRow(transaction, known.job_id);
    return fromBatchRow(moved);
  });
}

/** Seconds that a submission waited for its turn; `null` for one of `create`, which has no turn to wait for. */
async function secondsWaited(
  db: DatabaseOrTransaction,
  { job_id, admitted_at, created_at }: Submission,
): Promise<number | null> {
  if (admitted_at === null) return null;
  const job = await db.job.findUnique({ where: { id: job_id }, select: { kind: true } });
  return job?.kind === 'job' ? Math.max(0, admitted_at - created_at) : null;
}

/** The model and the costs of a batch that was met before it was known what it was made from. */
async function costsOfKnown(db: DatabaseOrTransaction, known: BatchModel, asked: string | null) {
  const model = known.model ?? asked;
  if (known.price_id !== null) return { model };
  const price = await priceInForce(db, model, known.created_at);
  return { model, ...(await costColumns(db, known, price)) };
}
