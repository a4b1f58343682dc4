import type { BatchObject } from '../../batches/batch-object.ts';
import type { Call } from '../call.ts';
import { findBatch, showBatch } from './find-batch.ts';

/** `GET /v1/batches/{id}` */
export async function retrieveBatch({ context, id }: Call): Promise<BatchObject> {
  return showBatch(context, findBatch(context, id));
}
