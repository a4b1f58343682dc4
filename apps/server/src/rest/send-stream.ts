import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Answers with what comes, as it comes; nothing of it for HEAD. When it fails midway, the connection is cut. */
export function sendStream(reply: FastifyReply, chunks: AsyncIterable<Uint8Array | string>): FastifyReply {
  if (reply.request.method === 'HEAD') return reply.send();
  return reply.send(Readable.from(chunks, { objectMode: false }));
}

/** A signal that the caller has gone, or has got everything. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}
