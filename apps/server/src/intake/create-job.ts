import type { CreateJob } from '@batchdesk/shared';
import { acceptRequests, insertJob } from '../db/jobs.ts';
import { removeUnacceptedJobs } from '../db/remove-jobs.ts';
import type { Deps } from '../deps.ts';
import { onceForKey } from '../once-for-key.ts';
import { takeInput } from './take-input.ts';
import type { IncomingInput } from './take-input.ts';

type CreateDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'scanner' | 'log' | 'step'>;

/** What to make a job from: the fields, and the requests if they came along. */
export interface CreateJobCommand extends Omit<CreateJob, 'requests'> {
  requests?: IncomingInput | undefined;
  /** The same key and content again give the same job. */
  idempotency_key?: string | undefined;
}

/**
 * Accepts a job of any size: stores its input, its parts as planned submissions, and its requests. From here on it goes to
 * its end by itself. Returns its id; with a key that was used for the same before, the id of then.
 *
 * @throws {BatchdeskError} `invalid_input`, `file_not_found`, `conflicting_parameters`, `idempotency_key_reused`,
 * `idempotency_key_in_use`
 */
export async function createJob(deps: CreateDeps, command: CreateJobCommand): Promise<string> {
  const { ledger, ...input } = await takeInput(deps, command);
  const { requests, idempotency_key, ...fields } = command;
  const call = { key: idempotency_key, operation: 'job.create', content: [fields, input.input?.sha256] };
  return onceForKey(deps.db, call, {
    again: (jobId) => Promise.resolve(jobId),
    first: async (idempotency) => {
      const ids = await insertJob(deps.db, {
        kind: 'job',
        name: command.name ?? null,
        provider: deps.provider.name,
        endpoint: command.endpoint,
        completion_window: command.completion_window,
        metadata: command.metadata ?? null,
        output_expires_after: command.output_expires_after ?? null,
        retry: command.retry,
        completion_deadline: command.completion_deadline ?? null,
        budget: command.budget ?? null,
        idempotency,
        ...input,
      });
      deps.step('job.inserted');
      try {
        if (input.input) await requests?.staged.keep(input.input.name);
        deps.step('input.kept');
        await acceptRequests(deps, ids, ledger);
        deps.step('job.accepted');
        return ids.job_id;
      } catch (error) {
        await removeUnacceptedJobs(deps, ids.job_id);
        throw error;
      }
    },
  });
}
