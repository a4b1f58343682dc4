import { BatchdeskError } from '@batchdesk/shared';
import type { Deps } from '../deps.ts';
import { createBufferCount } from '../free-buffers.ts';
import type { ProviderFile } from '../provider/provider.ts';

/** A file on its way from the provider to our disk. It goes on whoever reads it meanwhile, and if nobody does. */
export interface Download {
  /** Bytes of the whole file. */
  bytes: number;
  /** Settles when the file is on disk under its name, or given up. */
  done: Promise<void>;
  /** The whole file, as it comes in; fails when the download does, before its last bytes. */
  read(): AsyncGenerator<Uint8Array>;
}

/** How often in a row a download may end without anything new. */
const ATTEMPTS = 3;
/** Bytes that a reader takes at a time. */
const READ_BYTES = 1 << 18;

/**
 * Starts to download a file; returns when its first bytes are here. One that is cut short goes on where it was.
 *
 * @throws {BatchdeskError} `file_not_found` when the provider has deleted it, `provider_*`
 */
export async function startDownload(
  { provider, storage }: Pick<Deps, 'provider' | 'storage'>,
  { file, name }: { file: ProviderFile; name: string },
): Promise<Download> {
  const { id, bytes } = file;
  const writer = await storage.createWriter();
  const countUsed = createBufferCount();
  let received = 0;
  let failure: unknown;
  let more = Promise.withResolvers<void>();

  function tellReaders(): void {
    more.resolve();
    more = Promise.withResolvers();
  }

  async function receiveRest(): Promise<void> {
    const { from, body } = await provider.downloadFile(id, received);
    let position = from;
    for await (const chunk of readAll(body)) {
      // A server that sends no parts begins again: what is here already is passed over.
      const fresh = chunk.subarray(Math.max(0, received - position));
      position += chunk.length;
      countUsed(chunk.length);
      if (fresh.length === 0) continue;
      await writer.write(fresh);
      received += fresh.length;
      tellReaders();
    }
    if (received !== bytes) {
      throw new BatchdeskError('provider_error', { cause: `${received} of ${bytes} bytes of ${id} came` });
    }
  }

  async function receive(): Promise<void> {
    for (let failures = 0; ;) {
      const before = received;
      try {
        return await receiveRest();
      } catch (error) {
        failures = received > before ? 1 : failures + 1;
        if (!(error instanceof BatchdeskError) || error.code === 'file_not_found' || failures === ATTEMPTS)
          throw error;
      }
    }
  }

  async function keep(): Promise<void> {
    try {
      await receive();
      await writer.commit(name);
    } catch (error) {
      failure = error;
      await writer.discard();
      throw error;
    } finally {
      tellReaders();
    }
  }

  const firstBytes = more.promise;
  const done = keep();
  done.catch(() => {}); // whoever waits is told
  await firstBytes;
  if (failure) throw failure;

  async function* read(): AsyncGenerator<Uint8Array> {
    const reader = await writer.open().catch((error: unknown) => {
      if (failure) throw failure;
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return storage.open(name); // all of it has come meanwhile
    });
    try {
      for (let position = 0; position < bytes;) {
        if (failure) throw failure;
        if (position >= received) await more.promise;
        const chunk = await reader.read(
          position,
          Math.min(received - position, READ_BYTES, bytes - position),
        );
        position += chunk.length;
        if (position === bytes) await done;
        if (chunk.length > 0) yield chunk;
      }
    } finally {
      await reader.close();
    }
  }

  return { bytes, done, read };
}

/** A connection that breaks while its body is read fails outside the SDK, as a plain `TypeError`. */
export async function* readAll(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    throw new BatchdeskError('provider_unreachable', { cause });
  }
}
