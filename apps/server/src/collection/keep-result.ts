import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import { saveFile } from '../db/files.ts';
import type { Deps } from '../deps.ts';
import { resultName } from '../storage/storage.ts';
import { startDownload } from './download.ts';
import type { Download } from './download.ts';
import { isFresh } from './result-state.ts';

type KeepDeps = Pick<Deps, 'db' | 'provider' | 'storage'>;

/** A result file: its name in storage, and the download that brings it there if it is not there yet. */
export interface ResultFile {
  name: string;
  download: Download | null;
}

/** Downloads that run, by name: whoever asks meanwhile shares the same one. */
const running = new WeakMap<Deps['storage'], Map<string, Promise<Download>>>();

/**
 * Finds a result file of a batch on our disk, or starts to bring it there. `null` when the batch has no such file.
 *
 * @throws {BatchdeskError} `results_expired` when the provider has deleted it; `results_not_ready` when that may be
 * because it is not in place yet; `provider_*`
 */
export async function openResult(deps: KeepDeps, batch: Batch, type: ResultType): Promise<ResultFile | null> {
  const fileId = type === 'output' ? batch.output_file_id : batch.error_file_id;
  if (fileId === null) return null;
  const name = resultName(batch.id, type);
  if ((await deps.storage.size(name)) !== null) return { name, download: null };
  try {
    return { name, download: await shareDownload(deps, fileId, name) };
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== 'file_not_found') throw error;
    const details = { batch_id: batch.id, status: batch.status };
    const code = isFresh(batch) ? 'results_not_ready' : 'results_expired';
    throw new BatchdeskError(code, { details, cause: error });
  }
}

/** Makes sure that a result file is on our disk, whole. Returns its name in storage. Throws as `openResult` does. */
export async function keepResult(deps: KeepDeps, batch: Batch, type: ResultType): Promise<string | null> {
  const file = await openResult(deps, batch, type);
  await file?.download?.done;
  return file && file.name;
}

/** Downloads a file of the provider's into storage, once however many ask for it. */
export function shareDownload(deps: KeepDeps, fileId: string, name: string): Promise<Download> {
  const downloads = running.get(deps.storage) ?? new Map<string, Promise<Download>>();
  running.set(deps.storage, downloads);
  const known = downloads.get(name);
  if (known) return known;
  const download = begin(deps, fileId, name);
  downloads.set(name, download);
  const forget = () => downloads.delete(name);
  download.then(({ done }) => done).then(forget, forget);
  return download;
}

async function begin(deps: KeepDeps, fileId: string, name: string): Promise<Download> {
  const file = await deps.provider.retrieveFile(fileId);
  const download = await startDownload(deps, { file, name });
  const kept = { provider: deps.provider.name, stored_name: name, sha256: null, request_count: null };
  const done = download.done.then(async () => void (await saveFile(deps.db, file, kept)));
  done.catch(() => {});
  return { ...download, done };
}
