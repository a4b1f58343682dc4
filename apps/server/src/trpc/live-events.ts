import { followEventsSchema } from '@batchdesk/shared';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { toBatchdeskError } from '../http/foreign-error.ts';
import { procedure, toTrpcError } from './trpc.ts';

/** A client that connects again says by itself what it had last. */
const inputSchema = followEventsSchema
  .extend({
    lastEventId: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number)
      .optional(),
  })
  .prefault({});

/** Events as they happen, over server-sent events. Who must miss none gives `after` from the start. */
export const liveEvents = procedure.input(inputSchema).subscription(async function* ({ ctx, input, signal }) {
  const { job_id, lastEventId, after } = input;
  try {
    const events = ctx.services.followEvents({ job_id, after: lastEventId ?? after }, signal);
    for await (const event of events) yield tracked(String(event.id), event);
  } catch (error) {
    // What a stream throws passes by the procedure's own mapping. Clients try again what is no mistake of theirs.
    throw toTrpcError(toBatchdeskError(error));
  }
});
