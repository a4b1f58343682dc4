import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { isJsonObject } from '../answers/json-object.ts';
import { ApiError, unauthorized } from '../api-error.ts';
import type { CallFault, Operation } from '../faults/fault-schema.ts';
import type { ReceivedCall } from '../faults/call-log.ts';
import { sleepUntil } from '../time.ts';
import type { ApiContext } from './api-context.ts';
import type { Handler } from './call.ts';

/** Answers one call: logs it, lets the scripted fault strike if there is one, and does the work. */
export async function runCall(
  context: ApiContext,
  { operation, handle }: { operation: Operation; handle: Handler },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<unknown> {
  const fault = context.script.takeForCall(operation);
  const { id = '' } = request.params as { id?: string };
  context.callLog.add(describeCall(operation, request, fault));
  if (fault?.kind === 'reset_before') return cutConnection(reply);
  const error = fault && errorOf(fault);
  if (error) throw error;
  if (fault?.kind === 'slow') await waitFor(fault.delayMs, reply);
  // Somebody who has gone sends no more: a form would be waited for without end.
  if (reply.raw.destroyed) return cutConnection(reply);
  const work = handle({ context, request, reply, id, fault });
  if (fault?.kind !== 'reset_after') return work;
  // Whatever came of it, an error too: the caller is not to know.
  const answer = await work.catch(() => null);
  if (answer instanceof Readable) answer.destroy();
  return cutConnection(reply);
}

/** Waits, but not for somebody who has gone. */
async function waitFor(delayMs: number, reply: FastifyReply): Promise<void> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  await sleepUntil(Date.now() + delayMs, gone.signal);
}

function cutConnection(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.destroy();
  return reply;
}

function errorOf(fault: CallFault): ApiError | null {
  switch (fault.kind) {
    case 'rate_limit':
      return new ApiError(
        429,
        { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
        { 'retry-after': String(fault.retryAfterSeconds) },
      );
    case 'insufficient_quota': {
      const message = 'You exceeded your current quota, please check your plan and billing details.';
      return new ApiError(429, { message, type: 'insufficient_quota', code: 'insufficient_quota' });
    }
    case 'server_error': {
      const message = 'The server had an error while processing your request. Sorry about that!';
      return new ApiError(fault.status, { message, type: 'server_error' });
    }
    case 'unauthorized':
      return unauthorized();
    default:
      return null;
  }
}

function describeCall(
  operation: Operation,
  request: FastifyRequest,
  fault: CallFault | undefined,
): ReceivedCall {
  const { id } = request.params as { id?: string };
  const { range } = request.headers;
  const metadata = isJsonObject(request.body) ? request.body.metadata : null;
  return {
    operation,
    atMs: Date.now(),
    requestId: request.id,
    ...(id !== undefined && { id }),
    ...(operation === 'files.content' && range !== undefined && { range }),
    ...(operation === 'batches.create' && { metadata: (metadata ?? null) as ReceivedCall['metadata'] & {} }),
    ...(fault && { fault: fault.kind }),
  };
}
