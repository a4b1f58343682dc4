import { BatchdeskError } from '@batchdesk/shared';
import type { Batch } from '@batchdesk/shared';
import { findFile } from '../db/files.ts';
import type { Deps } from '../deps.ts';
import { inputName } from '../storage/storage.ts';
import { shareDownload } from './keep-result.ts';

/**
 * Makes sure that the input of a batch is on our disk. Returns its name in storage: the one it has, if it has one already.
 *
 * @throws {BatchdeskError} `input_expired` when the provider has deleted it, `provider_*`
 */
export async function keepInput(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  { id: batch_id, input_file_id }: Batch,
  knownName: string | null,
): Promise<string> {
  const name = knownName ?? (await findFile(deps.db, input_file_id))?.stored_name ?? inputName(input_file_id);
  if ((await deps.storage.size(name)) !== null) return name;
  try {
    await (
      await shareDownload(deps, input_file_id, name)
    ).done;
    return name;
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== 'file_not_found') throw error;
    throw new BatchdeskError('input_expired', { details: { batch_id }, cause: error });
  }
}
