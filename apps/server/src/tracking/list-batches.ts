import type { ListBatches, ListBatchesAnswer } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { listStoredBatches } from '../insight/list-stored-batches.ts';
import { listProviderBatches } from './list-provider-batches.ts';

/**
 * A page of batches, newest first, from the database or from the provider.
 *
 * @throws {BatchdeskError} `invalid_value` for an unknown `after`, `conflicting_parameters`, `provider_*`
 */
export async function listBatches(
  deps: Pick<Deps, 'db' | 'provider'>,
  query: ListBatches,
): Promise<ListBatchesAnswer> {
  const page =
    query.source === 'api' ? await listProviderBatches(deps, query) : await listStoredBatches(deps, query);
  const ids = { first_id: page.data[0]?.id ?? null, last_id: page.data.at(-1)?.id ?? null };
  return { success: true, object: 'list', ...ids, ...page };
}
