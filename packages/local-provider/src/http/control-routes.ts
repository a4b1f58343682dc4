import type { FastifyInstance } from 'fastify';
import * as z from 'zod';

import { faultSchema, nextIdsSchema, releaseSchema } from '../faults/fault-schema.ts';
import type { Faults } from '../faults/faults.ts';
import { parseInput } from './parse-input.ts';

const addSchema = z.strictObject({ faults: z.array(faultSchema) });

/**
 * The faults over HTTP, one route for each of their functions, for tests of a program in another process:
 * `POST` changes something and answers `{ok: true}`, `GET` answers `{data: […]}`.
 */
export function addControlRoutes(app: FastifyInstance, faults: Faults): void {
  const done = { ok: true };
  app.post('/control/faults', async ({ body }) => {
    faults.add(...parseInput(addSchema, body).faults);
    return done;
  });
  app.get('/control/faults', async () => ({ data: faults.list() }));
  app.post('/control/next-ids', async ({ body }) => {
    faults.nextIds(parseInput(nextIdsSchema, body));
    return done;
  });
  app.post('/control/release', async ({ body }) => {
    faults.release(parseInput(releaseSchema, body).batchId);
    return done;
  });
  app.get('/control/calls', async () => ({ data: faults.calls() }));
  app.post('/control/clear', async () => {
    faults.clear();
    return done;
  });
}
