import { isTerminal } from '@batchdesk/shared';
import type { Job, SubmissionView } from '@batchdesk/shared';

/** Batches that the page looks at beside the table of parts. */
const SHOWN = 12;

/**
 * The batches that say most of how a job is doing: those that run, then the first and the last that ran. In the order of their
 * making.
 */
export function chooseBatches(job: Pick<Job, 'batch_ids'>, submissions: readonly SubmissionView[]): string[] {
  const ids = job.batch_ids;
  if (ids.length <= SHOWN) return [...ids];
  const statuses = new Map(submissions.map(({ batch_id, batch_status }) => [batch_id, batch_status]));
  const isRunning = (id: string) => {
    const status = statuses.get(id);
    return status !== undefined && status !== null && !isTerminal(status);
  };
  const running = ids.filter(isRunning).slice(0, SHOWN - 2);
  const ended = ids.filter((id) => !isRunning(id));
  // What was refused never ran.
  const ran = ended.filter((id) => statuses.get(id) !== 'failed');
  const told = ran.length === 0 ? ended : ran;
  const room = SHOWN - running.length;
  const first = told.slice(0, Math.ceil(room / 2));
  const last = told.slice(first.length).slice(-Math.floor(room / 2));
  const chosen = new Set([...running, ...first, ...last]);
  return ids.filter((id) => chosen.has(id));
}
