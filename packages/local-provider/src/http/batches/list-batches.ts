import * as z from 'zod';

import { noSuchBatch } from '../../api-error.ts';
import type { BatchObject } from '../../batches/batch-object.ts';
import type { Call } from '../call.ts';
import { listPage, type ListPage } from '../list-page.ts';
import { parseInput } from '../parse-input.ts';
import { showBatch } from './find-batch.ts';

const querySchema = z.object({
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** `GET /v1/batches`: the batches, newest first. */
export async function listBatches({ context, request }: Call): Promise<ListPage<BatchObject>> {
  const { after, limit } = parseInput(querySchema, request.query);
  const records = context.batches.all().toReversed();
  return listPage(records, { after, limit, unknownAfter: noSuchBatch }, (record) =>
    showBatch(context, record),
  );
}
