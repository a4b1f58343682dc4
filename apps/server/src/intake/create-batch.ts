import { BatchdeskError } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { inTransaction } from '../db/database.ts';
import { removeIdempotencyKey } from '../db/idempotency-keys.ts';
import { acceptRequests, insertJob } from '../db/jobs.ts';
import type { JobIds, NewJob } from '../db/jobs.ts';
import { expectCosts } from '../pricing/expected-cost.ts';
import { refuseOverBudget } from '../pricing/refuse-over-budget.ts';
import { submit } from '../submission/submit.ts';
import type { CreatedBatch } from '../submission/submit.ts';
import { beginJob } from './begin-job.ts';
import type { BeginCommand, BeginDeps } from './begin-job.ts';
import { findCreatedBefore } from './find-created-before.ts';

/** What to create a batch from: the fields, and the requests if they came along. */
export type CreateBatchCommand = BeginCommand;

/**
 * Makes a job of one batch from a list of requests or an uploaded file, and brings it to the provider. With a key that was
 * used for the same before, the batch of then.
 *
 * @throws {BatchdeskError} `budget_exceeded`, `invalid_input`, `file_not_found`, `conflicting_parameters`,
 * `submission_unconfirmed`, `idempotency_key_reused`, `idempotency_key_in_use`, `provider_*`
 */
export async function createBatch(deps: BeginDeps, command: CreateBatchCommand): Promise<CreatedBatch> {
  return beginJob(deps, command, {
    operation: 'batch.create',
    job: { kind: 'batch', name: null, retry: null, completion_deadline: null, budget: null },
    insert: (job) => insertWithinBudget(deps, job),
    // The rows are written while the file is on its way: the batch is created when both are there.
    accept: (ids, ledger) => submit(deps, ids.submission_ids[0]!, acceptRequests(deps, ids, ledger)),
    async fail(error, idempotency) {
      // What was refused may be sent again under the same key; what is in doubt may not.
      const isRefused = error instanceof BatchdeskError && error.code !== 'submission_unconfirmed';
      if (idempotency && isRefused) await removeIdempotencyKey(deps.db, idempotency.key);
    },
    again: (jobId) => findCreatedBefore(deps.db, jobId),
  });
}

/** Nobody would know what it waits for: what the budget of the month has no room for is refused. */
async function insertWithinBudget(deps: BeginDeps, job: NewJob): Promise<JobIds> {
  const { db, provider } = deps;
  const now = nowSeconds();
  const planned = job.parts.map((part) => Object.assign({ endpoint: job.endpoint }, part));
  const [cost = null] = await expectCosts(deps, planned, now);
  return inTransaction(db, async (transaction) => {
    await refuseOverBudget({ db: transaction, provider: provider.name, now }, cost);
    return insertJob(transaction, { ...job, estimated_cost: cost });
  });
}
