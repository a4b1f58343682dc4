import type { Batch, ResultType } from '@batchdesk/shared';
import { fromBatchRow } from './batch-row.ts';
import type { Database } from './database.ts';

/** A batch of a job, and the submission that it came of. */
export interface JobBatch {
  submission_id: string;
  /** Each of its requests has its outcome, and its results were all here. */
  is_settled: boolean;
  batch: Batch;
}

/** The batches of a job that came of its submissions. */
export async function findBatchesOfJob(db: Database, job_id: string): Promise<JobBatch[]> {
  const submissions = await db.submission.findMany({
    where: { job_id, batch_id: { not: null } },
    select: { id: true, batch_id: true, settled_at: true },
    orderBy: { sequence: 'asc' },
  });
  const rows = await db.batch.findMany({ where: { job_id } });
  const batches = new Map(rows.map((row) => [row.id, fromBatchRow(row)]));
  return submissions.flatMap(({ id, batch_id, settled_at }) => {
    const batch = batches.get(batch_id ?? '');
    return batch ? [{ submission_id: id, is_settled: settled_at !== null, batch }] : [];
  });
}

/** The batch of a job of one batch, `null` while it has none. */
export async function findFirstBatch(db: Database, job_id: string): Promise<Batch | null> {
  const row = await db.batch.findFirst({
    where: { job_id },
    orderBy: [{ created_at: 'asc' }, { id: 'asc' }],
  });
  return row && fromBatchRow(row);
}

/** Whether any submission of a job is settled. */
export async function hasSettled(db: Database, job_id: string): Promise<boolean> {
  return (await db.submission.findFirst({ where: { job_id, settled_at: { not: null } } })) !== null;
}

/** Whether a result file answers any request as its job has it now. */
export async function isResultUsed(
  db: Database,
  submission_id: string,
  result_type: ResultType,
): Promise<boolean> {
  const where = { submission_id, is_superseded: false, result_type };
  return (await db.request.findFirst({ where, select: { line: true } })) !== null;
}
