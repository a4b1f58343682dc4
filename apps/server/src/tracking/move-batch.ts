import type { Batch } from '@batchdesk/shared';
import { noteStatus } from '../capacity/note-status.ts';
import { updateBatch } from '../db/batches.ts';
import type { Deps } from '../deps.ts';
import type { ProviderBatch } from '../provider/provider.ts';

/** Moves a batch that we have forward to what the provider says of it; `null` when we have none of that id. */
export async function moveBatch(
  deps: Pick<Deps, 'db' | 'provider'>,
  batch: ProviderBatch,
): Promise<Batch | null> {
  const updated = await updateBatch(deps.db, batch);
  if (!updated) return null;
  await noteStatus(deps, updated.batch, updated.from);
  return updated.batch;
}
