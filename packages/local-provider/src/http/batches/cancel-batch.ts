import { ApiError } from '../../api-error.ts';
import type { BatchObject } from '../../batches/batch-object.ts';
import { countRan, isTerminal } from '../../batches/batch-record.ts';
import type { Call } from '../call.ts';
import { findBatch, showBatch } from './find-batch.ts';

/** `POST /v1/batches/{id}/cancel`: 409 if the batch has ended; a batch being cancelled already is simply shown. */
export async function cancelBatch({ context, id }: Call): Promise<BatchObject> {
  const { batches, durations, runner } = context;
  const record = findBatch(context, id);
  if (isTerminal(record.status)) {
    throw new ApiError(409, { message: `Cannot cancel a batch with status '${record.status}'.` });
  }
  if (record.status === 'cancelling') return showBatch(context, record);
  const now = Date.now();
  const ran = countRan(record, durations.inProgressMs, now);
  const { result: _dropped, ...kept } = record;
  const cancelling = { ...kept, status: 'cancelling' as const, cancellingAtMs: now, ran };
  batches.save(cancelling);
  runner.wake(id);
  return showBatch(context, cancelling);
}
