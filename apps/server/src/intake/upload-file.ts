import type { BatchFile } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { sendFile } from '../submission/send-file.ts';
import { splitLines } from '../storage/split-lines.ts';
import { stageInput } from './stage-input.ts';

/**
 * Takes a JSONL file: checks it, keeps it, and sends it on to the provider.
 *
 * @throws {BatchdeskError} `invalid_input` with every issue; `provider_*` when it could not be sent on
 */
export async function uploadFile(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  upload: { filename: string; bytes: AsyncIterable<Uint8Array> },
): Promise<BatchFile> {
  const input = await stageInput(deps.storage, splitLines(upload.bytes), { place: 'line' });
  try {
    return await sendFile(deps, { ...input, filename: upload.filename });
  } catch (error) {
    await deps.storage.remove(input.name);
    throw error;
  }
}
