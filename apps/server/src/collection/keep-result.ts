import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import { saveFile } from '../db/files.ts';
import type { Deps } from '../deps.ts';
import { resultName } from '../storage/storage.ts';

/** How often a download that is cut short is begun again. */
const ATTEMPTS = 3;

type KeepDeps = Pick<Deps, 'db' | 'provider' | 'storage'>;

/** Downloads that run, by name: whoever asks meanwhile waits for the same one. */
const running = new WeakMap<Deps['storage'], Map<string, Promise<void>>>();

/**
 * Makes sure that a result file of a batch is on our disk, whole. Returns its name in storage, `null` when the batch has
 * no such file.
 *
 * @throws {BatchdeskError} `file_not_found` when the provider has deleted it, `provider_*`
 */
export async function keepResult(deps: KeepDeps, batch: Batch, type: ResultType): Promise<string | null> {
  const fileId = type === 'output' ? batch.output_file_id : batch.error_file_id;
  if (fileId === null) return null;
  const name = resultName(batch.id, type);
  if ((await deps.storage.size(name)) !== null) return name;
  const downloads = running.get(deps.storage) ?? new Map<string, Promise<void>>();
  running.set(deps.storage, downloads);
  const whole =
    downloads.get(name) ?? downloadWhole(deps, fileId, name).finally(() => downloads.delete(name));
  downloads.set(name, whole);
  await whole;
  return name;
}

async function downloadWhole(deps: KeepDeps, fileId: string, name: string): Promise<void> {
  const file = await deps.provider.retrieveFile(fileId);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await download(deps, { fileId, name, bytes: file.bytes });
      break;
    } catch (error) {
      if (!(error instanceof BatchdeskError) || error.code === 'file_not_found' || attempt === ATTEMPTS)
        throw error;
    }
  }
  const kept = { provider: deps.provider.name, stored_name: name, sha256: null, request_count: null };
  await saveFile(deps.db, file, kept);
}

async function download(
  { provider, storage }: KeepDeps,
  { fileId, name, bytes }: { fileId: string; name: string; bytes: number },
): Promise<void> {
  const stream = await provider.downloadFile(fileId);
  const writer = await storage.createWriter();
  try {
    let received = 0;
    for await (const chunk of readAll(stream)) {
      received += chunk.length;
      await writer.write(chunk);
    }
    if (received !== bytes) {
      throw new BatchdeskError('provider_error', {
        cause: `${received} of ${bytes} bytes of ${fileId} came`,
      });
    }
    await writer.commit(name);
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

/** A connection that breaks while its body is read fails outside the SDK, as a plain `TypeError`. */
async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    throw new BatchdeskError('provider_unreachable', { cause });
  }
}
