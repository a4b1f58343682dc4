import { saveFile } from '../db/files.ts';
import { metadataToSend, takeSentFile, updateSubmission } from '../db/submissions.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import type { ProviderFile } from '../provider/provider.ts';
import { readMark } from '../submission-mark.ts';
import { findSentFile } from './find-sent-file.ts';
import { openInput } from './open-input.ts';
import { sendFile } from './send-file.ts';
import { findUploads, uploadName } from './uploaded-files.ts';

type GiveDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'log' | 'step'>;

/**
 * Makes sure that the provider has the input of a submission, and returns the id of the file; `isReused` when it had the
 * same content already.
 */
export async function giveInput(
  deps: GiveDeps,
  submission: Submission,
): Promise<{ fileId: string; isReused: boolean }> {
  const { id, is_whole, input_file_id, input_sha256 } = submission;
  if (input_file_id !== null) return { fileId: input_file_id, isReused: false };
  // Of a batch without our mark the file tells whose it is: then it has to be one of its own.
  const isMarked = readMark(metadataToSend(submission)) === id;
  const sent = is_whole && isMarked && input_sha256 !== null ? await findSentFile(deps, input_sha256) : null;
  if (sent && (await takeSentFile(deps.db, id, sent.id))) return { fileId: sent.id, isReused: true };
  return { fileId: await upload(deps, submission), isReused: false };
}

/** Uploads the input of a submission, once: what a dead process or a lost answer left at the provider is found and used. */
export async function upload(deps: GiveDeps, submission: Submission): Promise<string> {
  const { db, provider, step } = deps;
  const { id, uploads } = submission;
  await using input = await openInput(deps, submission);
  const { path, bytes, sha256, stored_name } = input;
  step('input.ready');
  const progress = { status: 'uploading', uploads: uploads + 1, input_bytes: bytes, input_sha256: sha256 };
  await updateSubmission(db, id, progress);
  step('upload.begun');

  async function find(): Promise<ProviderFile | null> {
    const [found, ...others] = (await findUploads(deps, submission)).filter((file) => file.bytes === bytes);
    for (const other of others) await provider.deleteFile(other.id);
    return found ?? null;
  }

  const file =
    (uploads > 0 ? await find() : null) ??
    (await sendFile(provider, { path, filename: uploadName(submission) }, find));
  step('upload.answered');
  const kept = { stored_name, sha256, request_count: submission.request_count };
  await saveFile(db, file, { provider: provider.name, ...kept });
  await updateSubmission(db, id, { status: 'uploading', input_file_id: file.id });
  step('upload.stored');
  return file.id;
}
