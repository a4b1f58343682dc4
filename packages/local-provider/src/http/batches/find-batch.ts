import { noSuchBatch } from '../../api-error.ts';
import { toBatchObject, type BatchObject } from '../../batches/batch-object.ts';
import type { BatchRecord } from '../../batches/batch-record.ts';
import type { ApiContext } from '../api-context.ts';

/** The batch with this id. Throws OpenAI's 404 if there is none. */
export function findBatch({ batches }: ApiContext, id: string): BatchRecord {
  const record = batches.get(id);
  if (!record) throw noSuchBatch(id);
  return record;
}

/** Shows a batch as it is now. */
export function showBatch({ durations }: ApiContext, record: BatchRecord): BatchObject {
  return toBatchObject(record, durations.inProgressMs, Date.now());
}
