import { BatchdeskError } from '@batchdesk/shared';
import type { CreateBatch } from '@batchdesk/shared';
import { nowSeconds } from '../clock.ts';
import { removeIdempotencyKey } from '../db/idempotency-keys.ts';
import { acceptRequests, insertJob } from '../db/jobs.ts';
import { removeUnacceptedJobs } from '../db/remove-jobs.ts';
import type { JobIds, NewJob } from '../db/jobs.ts';
import type { Deps } from '../deps.ts';
import { expectCosts } from '../pricing/expected-cost.ts';
import { refuseOverBudget } from '../pricing/refuse-over-budget.ts';
import { submit } from '../submission/submit.ts';
import type { CreatedBatch } from '../submission/submit.ts';
import { findCreatedBefore } from './find-created-before.ts';
import { onceForKey } from '../once-for-key.ts';
import { takeInput } from './take-input.ts';
import type { IncomingInput } from './take-input.ts';

type CreateDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'scanner' | 'log' | 'step'>;

/** What to create a batch from: the fields, and the requests if they came along. */
export interface CreateBatchCommand extends Omit<CreateBatch, 'requests'> {
  requests?: IncomingInput | undefined;
  /** The same key and content again give the same batch. */
  idempotency_key?: string | undefined;
}

/**
 * Makes a job of one batch from a list of requests or an uploaded file, and brings it to the provider. With a key that was
 * used for the same before, the batch of then.
 *
 * @throws {BatchdeskError} `budget_exceeded`, `invalid_input`, `file_not_found`, `conflicting_parameters`, `submission_unconfirmed`,
 * `idempotency_key_reused`, `idempotency_key_in_use`, `provider_*`
 */
export async function createBatch(deps: CreateDeps, command: CreateBatchCommand): Promise<CreatedBatch> {
  const { ledger, ...input } = await takeInput(deps, command);
  const { requests, idempotency_key, ...fields } = command;
  const call = { key: idempotency_key, operation: 'batch.create', content: [fields, input.input?.sha256] };
  return onceForKey(deps.db, call, {
    again: (jobId) => findCreatedBefore(deps.db, jobId),
    first: async (idempotency) => {
      const job: NewJob = {
        kind: 'batch',
        name: null,
        provider: deps.provider.name,
        endpoint: command.endpoint,
        completion_window: command.completion_window,
        metadata: command.metadata ?? null,
        output_expires_after: command.output_expires_after ?? null,
        retry: null,
        completion_deadline: null,
        budget: null,
        idempotency,
        ...input,
      };
      const ids = await insertWithinBudget(deps, job);
      deps.step('job.inserted');
      try {
        // Only now, when a row says what it is for.
        if (input.input) await requests?.staged.keep(input.input.name);
        deps.step('input.kept');
        // The rows are written while the file is on its way: the batch is created when both are there.
        return await submit(deps, ids.submission_ids[0]!, acceptRequests(deps, ids, ledger));
      } catch (error) {
        await removeUnacceptedJobs(deps, ids.job_id);
        // What was refused may be sent again under the same key; what is in doubt may not.
        const isRefused = error instanceof BatchdeskError && error.code !== 'submission_unconfirmed';
        if (idempotency && isRefused) await removeIdempotencyKey(deps.db, idempotency.key);
        throw error;
      }
    },
  });
}

/** Nobody would know what it waits for: what the budget of the month has no room for is refused. */
async function insertWithinBudget(deps: CreateDeps, job: NewJob): Promise<JobIds> {
  const { db, provider } = deps;
  const now = nowSeconds();
  const planned = job.parts.map((part) => Object.assign({ endpoint: job.endpoint }, part));
  const [cost = null] = await expectCosts(deps, planned, now);
  return insertJob(db, job, async (transaction) => {
    await refuseOverBudget({ db: transaction, provider: provider.name, now }, cost);
    return cost;
  });
}
