import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Answers with what comes, as it comes; nothing of it for HEAD. When it fails midway, the connection is cut. */
export function sendStream(reply: FastifyReply, chunks: AsyncIterable<Uint8Array | string>): FastifyReply {
  const isHead = reply.request.method === 'HEAD';
  // An empty stream leaves the announced length alone.
  return reply.send(Readable.from(isHead ? [] : chunks, { objectMode: false }));
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
    .header('content-disposition', `attachment; filename="${name}"`);
}
