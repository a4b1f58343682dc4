import type { FastifyReply, FastifyRequest } from 'fastify';

import type { CallFault } from '../faults/fault-schema.ts';
import type { ApiContext } from './api-context.ts';

/** One call being answered. */
export interface Call {
  context: ApiContext;
  request: FastifyRequest;
  reply: FastifyReply;
  /** The id in the URL; empty where there is none. */
  id: string;
  /** The fault that strikes this call, if any. */
  fault: CallFault | undefined;
}

/** Does the work of one operation. Returns the JSON body or the stream to answer with. */
export type Handler = (call: Call) => Promise<unknown>;
