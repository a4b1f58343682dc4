import { setImmediate as nextTurn } from 'node:timers/promises';
import { writeBudget } from './budgets.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';

/**
 * Removes jobs that could not be accepted, or that a dead process was still writing: nobody was told that they exist. Those
 * of which the provider may have a file already are kept from sight until it is gone, see `tidyAbandoned`. Inputs that
 * nothing else has a use for go first: while there is a row, whoever comes next knows of them.
 */
export async function removeUnacceptedJobs(
  { db, storage }: { db: Database; storage: { remove(name: string): Promise<void> } },
  jobId?: string,
): Promise<void> {
  const where = { status: 'accepting', ...(jobId === undefined ? {} : { id: jobId }) };
  const uploaded = { where: { uploads: { gt: 0 }, settled_at: null }, select: { id: true } };
  const jobs = await db.job.findMany({
    where,
    select: { id: true, input_name: true, submissions: uploaded },
  });
  for (const { id, input_name, submissions } of jobs) {
    if (submissions.length > 0) {
      await abandonJob(db, id);
      continue;
    }
    if (input_name !== null && !(await isInputUsed(db, input_name, id))) await storage.remove(input_name);
    await removeJob(db, id);
  }
}

/** Lets nobody go on with a job; whoever repeats the call that made it begins anew. */
async function abandonJob(db: Database, job_id: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    await transaction.idempotencyKey.deleteMany({ where: { job_id } });
    await transaction.submission.updateMany({ where: { job_id }, data: { status: 'abandoned' } });
  });
}

/** Rows in one statement: more would hold up other work. */
const PORTION = 2_000;

/** Removes a job and all its rows, by portions. */
export async function removeJob(db: Database, jobId: string): Promise<void> {
  for (;;) {
    const removed = await db.$executeRaw`
      DELETE FROM requests WHERE rowid IN (SELECT rowid FROM requests WHERE job_id = ${jobId} LIMIT ${PORTION})`;
    if (removed < PORTION) break;
    await nextTurn();
  }
  await db.$transaction((transaction) => removeJobRow(transaction, jobId));
}

/** Removes the row of a job, and with it its budget and what belongs to it by foreign keys. */
export async function removeJobRow(db: DatabaseOrTransaction, jobId: string): Promise<void> {
  await db.job.deleteMany({ where: { id: jobId } });
  await writeBudget(db, jobId, null);
}

/** Whether a file of storage is the input of a job, other than `exceptJobId`, or our copy of a file of the provider's. */
export async function isInputUsed(db: Database, name: string, exceptJobId?: string): Promise<boolean> {
  const files = await db.batchFile.count({ where: { stored_name: name } });
  if (files > 0) return true;
  const others = exceptJobId === undefined ? {} : { id: { not: exceptJobId } };
  return (await db.job.count({ where: { input_name: name, ...others } })) > 0;
}
