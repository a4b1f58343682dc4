import type { CreateJob } from '@batchdesk/shared';
import { inTransaction } from '../db/database.ts';
import { acceptRequests, insertJob } from '../db/jobs.ts';
import { beginJob } from './begin-job.ts';
import type { BeginCommand, BeginDeps } from './begin-job.ts';

/** What to make a job from: the fields, and the requests if they came along. */
export interface CreateJobCommand extends BeginCommand, Omit<CreateJob, keyof BeginCommand> {}

/**
 * Accepts a job of any size: stores its input, its parts as planned submissions, and its requests. From here on it goes to
 * its end by itself. Returns its id; with a key that was used for the same before, the id of then.
 *
 * @throws {BatchdeskError} `invalid_input`, `file_not_found`, `conflicting_parameters`, `idempotency_key_reused`,
 * `idempotency_key_in_use`
 */
export async function createJob(deps: BeginDeps, command: CreateJobCommand): Promise<string> {
  const { name = null, retry, completion_deadline = null, budget = null } = command;
  return beginJob(deps, command, {
    operation: 'job.create',
    job: { kind: 'job', name, retry, completion_deadline, budget },
    insert: (job) => inTransaction(deps.db, (transaction) => insertJob(transaction, job)),
    async accept(ids, ledger) {
      await acceptRequests(deps, ids, ledger);
      deps.step('job.accepted');
      return ids.job_id;
    },
    again: (jobId) => Promise.resolve(jobId),
  });
}
