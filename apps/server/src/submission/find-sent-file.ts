import { BatchdeskError } from '@batchdesk/shared';
import type { BatchFile } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { findFilesOfContent, refreshFile } from '../db/files.ts';
import type { Deps } from '../deps.ts';
import type { ProviderFile } from '../provider/provider.ts';

/** A file that expires sooner is of no use to a batch that is to be created from it. */
const LEFT_SECONDS = 60 * 60;

/**
 * A file of the same content that the provider still has, so that it need not be sent again; `null` when there is none.
 *
 * @throws {BatchdeskError} `provider_*` when the provider cannot be asked
 */
export async function findSentFile(
  { db, provider, storage }: Pick<Deps, 'db' | 'provider' | 'storage'>,
  sha256: string,
): Promise<BatchFile | null> {
  for (const known of await findFilesOfContent(db, provider.name, sha256)) {
    // Without our copy a batch of the file would have requests that nobody here knows.
    if (known.stored_name === null || (await storage.size(known.stored_name)) === null) continue;
    const file = await retrieve(provider, known.id);
    if (!file || file.bytes !== known.bytes || file.purpose !== 'batch') continue;
    if (file.expires_at !== null && file.expires_at < nowSeconds() + LEFT_SECONDS) continue;
    const refreshed = await refreshFile(db, file, known.stored_name);
    if (refreshed) return refreshed;
  }
  return null;
}

async function retrieve(provider: Deps['provider'], fileId: string): Promise<ProviderFile | null> {
  try {
    return await provider.retrieveFile(fileId);
  } catch (error) {
    if (error instanceof BatchdeskError && error.code === 'file_not_found') return null;
    throw error;
  }
}
