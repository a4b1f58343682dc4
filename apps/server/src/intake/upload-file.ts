import type { BatchFile } from '@batchdesk/shared';
import { saveFile } from '../db/files.ts';
import type { Deps } from '../deps.ts';
import { newId } from '../ids.ts';
import { inputName } from '../storage/storage.ts';
import { findSentFile } from '../submission/find-sent-file.ts';
import { sendFile } from '../submission/send-file.ts';
import { refuseIfWrong } from './refusal.ts';
import { stageInput } from './stage-input.ts';

/** A file that the provider has. */
export interface UploadedFile {
  file: BatchFile;
  /** The same content was there already: nothing was sent. */
  duplicate?: true;
}

/**
 * Takes a JSONL file: checks it, keeps it, and sends it on to the provider, unless the provider has the same content.
 *
 * @throws {BatchdeskError} `invalid_input` with every issue; `provider_*` when it could not be sent on
 */
export async function uploadFile(
  deps: Pick<Deps, 'db' | 'provider' | 'storage' | 'scanner'>,
  upload: { filename: string; bytes: AsyncIterable<Uint8Array> },
): Promise<UploadedFile> {
  await using staged = await stageInput(deps, upload.bytes);
  const { summary, sha256 } = staged;
  refuseIfWrong(summary, 'line');
  const sent = await findSentFile(deps, sha256);
  if (sent) return { file: sent, duplicate: true };
  // Kept only then: what a dead process leaves behind is cleared away by the next, unless it has its name already.
  const file = await sendFile(deps.provider, { path: staged.path, filename: upload.filename });
  const name = inputName(newId('input'));
  await staged.keep(name);
  const kept = { stored_name: name, sha256, request_count: summary.request_count };
  return { file: await saveFile(deps.db, file, { provider: deps.provider.name, ...kept }) };
}
