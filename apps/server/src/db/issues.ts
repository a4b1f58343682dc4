import { LIMITS } from '@batchdesk/shared';
import type { ResultIssue } from '@batchdesk/shared';
import type { Database } from './database.ts';

/** Issues of a batch: the first ones, and how many there are. */
export interface BatchIssues {
  issues: ResultIssue[];
  issue_count: number;
}

/** Stores what is wrong with the results of a batch, in place of what was stored before. */
export async function saveIssues(
  db: Database,
  batchId: string,
  { issues, issue_count }: BatchIssues,
): Promise<void> {
  const values = issues.map((issue) => [
    issue.code,
    issue.message,
    issue.result_type,
    issue.line,
    issue.custom_id,
  ]);
  await db.$transaction(async (transaction) => {
    await transaction.batchIssue.deleteMany({ where: { batch_id: batchId } });
    await transaction.$executeRaw`
      INSERT INTO batch_issues (batch_id, code, message, result_type, line, custom_id)
      SELECT ${batchId}, value->>0, value->>1, value->>2, value->>3, value->>4
      FROM json_each(${JSON.stringify(values)})`;
    await transaction.batch.update({ where: { id: batchId }, data: { issue_count } });
  });
}

/** What is wrong with the results of a batch; nothing at all when there is nothing wrong. */
export async function findIssues(db: Database, batchId: string): Promise<Partial<BatchIssues>> {
  const batch = await db.batch.findUnique({
    where: { id: batchId },
    select: {
      issue_count: true,
      issues: { omit: { id: true, batch_id: true }, orderBy: { id: 'asc' }, take: LIMITS.issuesKept },
    },
  });
  if (!batch || batch.issue_count === 0) return {};
  return { issues: batch.issues as ResultIssue[], issue_count: batch.issue_count };
}
