import { InputError } from './input-error.ts';

/**
 * The bytes of a blob as they are read, in order. Throws an `InputError` when the file behind it was changed or removed. A
 * stream is not iterated: not every browser can do that.
 */
export async function* readChunks(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = blob.stream().getReader();
  let bytes = 0;
  try {
    for (let next = await read(reader); !next.done; next = await read(reader)) {
      bytes += next.value.length;
      yield next.value;
    }
  } finally {
    // Of a stream that has failed this fails as well.
    await reader.cancel().catch(() => undefined);
  }
  if (bytes < blob.size) throw new InputError('file_unreadable', `It ended after ${bytes} bytes.`);
}

/** Whatever a browser throws here is about the file: Chromium's is a `TypeError` of the network. */
async function read(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>) {
  try {
    return await reader.read();
  } catch (thrown) {
    throw new InputError('file_unreadable', String(thrown));
  }
}
