import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { toAttachment } from './attachment-name.ts';

/** How our copies are sent: they never change, and whoever has one asks whether it is still the same. */
export const COPY_OPTIONS = { contentType: false, cacheControl: false, highWaterMark: 1 << 18 };

/** Answers with what comes, as it comes; nothing of it for HEAD. When it fails midway, the connection is cut. */
export function sendStream(reply: FastifyReply, chunks: AsyncIterable<Uint8Array | string>): FastifyReply {
  const isHead = reply.request.method === 'HEAD';
  // An empty stream leaves the announced length alone.
  return reply.send(Readable.from(isHead ? [] : chunks, { objectMode: false }));
}

/** Items as lines of JSONL. */
export async function* toLines(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}

/** A signal that the caller has gone, or has got everything. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}

/** Says that the answer is a file to keep, of this name. It is asked for anew each time: what is in it may change. */
export function attachFile(
  reply: FastifyReply,
  { name, format }: { name: string; format: 'jsonl' | 'csv' },
): FastifyReply {
  return reply
    .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl')
    .header('cache-control', 'private, no-cache')
    .header('content-disposition', toAttachment(name));
}
