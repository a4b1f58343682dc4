import { openDatabase } from '@batchdesk/server/testing';
import { makeResultsBatch, waitUntilCollected } from './results-batch.ts';
import { startWorld } from './start-world.ts';

/** Every tenth request fails, so that there is something to filter for. */
export const FAILURE = { kind: 'row_fail', customId: '*7', statusCode: 429, code: 'rate_limit_exceeded' };

/** Makes one batch in a folder and has its results collected; ends its server and provider. Returns its id. */
export async function makeCollectedBatch(
  folder: string,
  { requests, faults = [] }: { requests: number; faults?: object[] },
): Promise<string> {
  await using world = await startWorld(folder);
  await world.provider.call('POST', '/control/faults', { faults });
  const id = await makeResultsBatch(world, { run: 1, requests });
  const db = await openDatabase(world.databaseUrl);
  await waitUntilCollected(db, id);
  await db.$disconnect();
  return id;
}
