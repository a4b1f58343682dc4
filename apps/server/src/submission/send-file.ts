import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { BatchdeskError } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import type { Provider, ProviderFile } from '../provider/provider.ts';

/** Milliseconds before each further try. */
const RETRY_DELAYS_MS = [500, 2_000];
/** What may have passed by the next try. */
const PASSING: readonly ErrorCode[] = ['provider_unreachable', 'provider_error', 'rate_limited'];

/**
 * Uploads a file from disk to the provider; `filename` is what it was called where it came from. What passes by itself is
 * tried again; before that `find` looks for the file, which the provider may have in spite of all.
 */
export async function sendFile(
  provider: Provider,
  { path, filename }: { path: string; filename: string },
  find: () => Promise<ProviderFile | null> = () => Promise.resolve(null),
): Promise<ProviderFile> {
  const name = toJsonlName(filename);
  for (const delayMs of RETRY_DELAYS_MS) {
    try {
      return await provider.uploadFile(path, name);
    } catch (error) {
      if (!(error instanceof BatchdeskError) || !PASSING.includes(error.code)) throw error;
      await delay(delayMs);
    }
    const found = await find();
    if (found) return found;
  }
  return provider.uploadFile(path, name);
}

/** The provider takes a batch input only under a name that ends in .jsonl. */
function toJsonlName(filename: string): string {
  const name = basename(filename.replaceAll('\\', '/')) || 'batch';
  return /\.jsonl$/i.test(name) ? name : `${name}.jsonl`;
}
