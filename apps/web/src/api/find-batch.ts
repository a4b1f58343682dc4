import type { Api } from './api.ts';
import { toFailure } from './failure.ts';

/** A batch as it is stored; asked of the provider when it is not known here. Rejected as the server refuses it. */
export async function findBatch(api: Api, batch_id: string, signal: AbortSignal) {
  try {
    return await api.batch.get.query({ batch_id, refresh: false }, { signal });
  } catch (thrown) {
    const failure = toFailure(thrown);
    if (failure.kind !== 'refused' || failure.error.code !== 'batch_not_found') throw thrown;
    return api.batch.get.query({ batch_id }, { signal });
  }
}
