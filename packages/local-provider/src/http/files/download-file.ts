import type { FileHandle } from 'node:fs/promises';
import { noSuchFile } from '../../api-error.ts';
import type { Call } from '../call.ts';
import { findFile } from './find-file.ts';

/** `GET /v1/files/{id}/content`: the content as a stream, with its length announced. */
export async function downloadFile({ context, reply, id, fault }: Call): Promise<unknown> {
  const { bytes } = findFile(context, id);
  const handle = await context.files.open(id).catch(() => {
    throw noSuchFile(id);
  });
  reply.header('content-type', 'application/octet-stream').header('content-length', bytes);
  if (fault?.kind !== 'truncate') return handle.createReadStream();
  reply.hijack();
  await sendTruncated(reply.raw, handle, {
    headers: reply.getHeaders(),
    bytes: Math.min(bytes, fault.bytes),
  });
  return reply;
}

async function sendTruncated(
  response: Call['reply']['raw'],
  handle: FileHandle,
  { headers, bytes }: { headers: ReturnType<Call['reply']['getHeaders']>; bytes: number },
): Promise<void> {
  response.writeHead(200, headers as Record<string, string>);
  response.flushHeaders();
  if (bytes === 0) await handle.close();
  else {
    for await (const chunk of handle.createReadStream({ start: 0, end: bytes - 1 })) {
      await new Promise((resolve) => response.write(chunk, resolve));
    }
  }
  // Not destroy(): what was written has to arrive.
  response.socket?.destroySoon();
}
