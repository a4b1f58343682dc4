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
