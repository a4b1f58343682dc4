import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ListBatches } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { saveBatch } from './save-batch.ts';

/** The filters that OpenAI's listing does not have. */
const LOCAL_ONLY = ['status', 'offset', 'endpoint', 'model', 'q', 'created_after', 'created_before'] as const;

/**
 * A page of the provider's batches, newest first; every one that it shows is stored.
 *
 * @throws {BatchdeskError} `conflicting_parameters` for a filter that the provider does not have; `provider_*`
 */
export async function listProviderBatches(
  deps: Pick<Deps, 'db' | 'provider'>,
  query: ListBatches,
): Promise<{ data: Batch[]; last_id: string | null; has_more: boolean }> {
  const filter = LOCAL_ONLY.find((name) => query[name] !== undefined);
  if (filter) {
    const details = { first: 'source=api', second: filter };
    throw new BatchdeskError('conflicting_parameters', { param: filter, details });
  }
  const { limit, after } = query;
  const page = await deps.provider.listBatches(after ? { limit, after } : { limit });
  const data: Batch[] = [];
  for (const batch of page.data) data.push(await saveBatch(deps, batch));
  return { data, last_id: page.last_id, has_more: page.has_more };
}
