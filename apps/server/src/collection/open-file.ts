import { BatchdeskError } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { findBatch } from '../db/batches.ts';
import { setFileStatus } from '../db/delete-files.ts';
import type { KnownFile } from '../db/known-files.ts';
import type { Deps } from '../deps.ts';
import { isAtProvider } from '../file-state.ts';
import type { ProviderFile } from '../provider/provider.ts';
import { readAll } from './download.ts';
import { findFile, sizeHere } from './find-file.ts';
import type { OpenResults } from './open-results.ts';
import { openResult } from './keep-result.ts';

type OpenDeps = Pick<Deps, 'db' | 'provider' | 'storage'>;

/**
 * The bytes of a file: our copy, or else what comes in from the provider. Results are copied meanwhile; with `isWhole` their
 * copy is waited for.
 *
 * @throws {BatchdeskError} `file_not_found`, `file_expired` when it is nowhere any more, `file_elsewhere`, `provider_*`
 */
export async function openFile(
  deps: OpenDeps,
  id: string,
  { isWhole }: { isWhole: boolean },
): Promise<OpenResults> {
  const file = await findFile(deps, id);
  const filename = file.filename ?? `${id}.jsonl`;
  if (file.stored_name !== null && (await sizeHere(deps, file)) !== null) {
    return { filename, path: deps.storage.path(file.stored_name) };
  }
  if (!isAtProvider(file, nowSeconds())) throw expired(id);
  if (file.provider !== null && file.provider !== deps.provider.name) {
    throw new BatchdeskError('file_elsewhere', { details: { file_id: id, provider: file.provider } });
  }
  return (await openResultFile(deps, file, { filename, isWhole })) ?? passOn(deps, id, filename);
}

async function openResultFile(
  deps: OpenDeps,
  { batch_id, role }: KnownFile,
  { filename, isWhole }: { filename: string; isWhole: boolean },
): Promise<OpenResults | null> {
  if (batch_id === null || role === null || role === 'input') return null;
  const batch = await findBatch(deps.db, batch_id);
  const result = batch && (await openResult(deps, batch, role));
  if (!result) return null;
  const { name, download } = result;
  if (isWhole) await download?.done;
  if (download === null || isWhole) return { filename, path: deps.storage.path(name) };
  return { filename, bytes: download.bytes, stream: download.read() };
}

/** The bytes as the provider sends them; it is asked first whether it has the file, and for them when they are read. */
async function passOn({ db, provider }: OpenDeps, id: string, filename: string): Promise<OpenResults> {
  let file: ProviderFile;
  try {
    file = await provider.retrieveFile(id);
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== 'file_not_found') throw error;
    await setFileStatus(db, id, 'deleted');
    throw expired(id);
  }
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield* readAll((await provider.downloadFile(id, 0)).body);
  }
  return { filename, bytes: file.bytes, stream: stream() };
}

function expired(file_id: string): BatchdeskError {
  return new BatchdeskError('file_expired', { details: { file_id } });
}
