import type { FileHandle } from 'node:fs/promises';
import { ApiError, noSuchFile } from '../../api-error.ts';
import type { Call } from '../call.ts';
import { findFile } from './find-file.ts';
import { parseRange, type ByteRange } from './parse-range.ts';

/** `GET /v1/files/{id}/content`: the content, or the part that was asked for, as a stream with its length announced. */
export async function downloadFile({ context, request, reply, id, fault }: Call): Promise<unknown> {
  const { bytes } = findFile(context, id);
  const range = fault?.kind === 'ignore_range' ? null : parseRange(request.headers.range, bytes);
  if (range === 'unsatisfiable') {
    const headers = { 'content-range': `bytes */${bytes}` };
    throw new ApiError(416, { message: 'The requested range is not satisfiable.' }, headers);
  }
  const handle = await context.files.open(id).catch(() => {
    throw noSuchFile(id);
  });
  const part = range ?? { start: 0, end: bytes - 1 };
  reply.header('content-type', 'application/octet-stream').header('accept-ranges', 'bytes');
  reply.header('content-length', part.end - part.start + 1);
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  if (fault?.kind !== 'truncate') return handle.createReadStream(range ?? {});
  reply.hijack();
  await sendTruncated(reply, handle, { ...part, end: Math.min(part.end, part.start + fault.bytes - 1) });
  return reply;
}

async function sendTruncated(reply: Call['reply'], handle: FileHandle, part: ByteRange): Promise<void> {
  const { raw: response } = reply;
  response.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
  response.flushHeaders();
  if (part.end < part.start) await handle.close();
  else {
    for await (const chunk of handle.createReadStream(part)) {
      await new Promise((resolve) => response.write(chunk, resolve));
    }
  }
  // Not destroy(): what was written has to arrive.
  response.socket?.destroySoon();
}
