import { join } from 'node:path';
import { openDatabase } from '@batchdesk/server/testing';
import type { Database } from '@batchdesk/server/testing';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

/** A database in a folder of its own. */
export async function openTestDatabase() {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'batches.db');
  const db = await openDatabase(`file:${path}`);
  return {
    db,
    path,
    async [Symbol.asyncDispose]() {
      await db.$disconnect();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The row of a job. */
export const jobRow = (id: string) => ({
  id,
  status: 'in_progress',
  endpoint: '/v1/responses',
  created_at: 1,
});

/** The ids of all jobs, sorted. */
export async function jobIds(db: Database): Promise<string[]> {
  return (await db.job.findMany({ select: { id: true } })).map(({ id }) => id).toSorted();
}
