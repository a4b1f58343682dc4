import { BatchdeskError } from '@batchdesk/shared';
import type { CreateBatch } from '@batchdesk/shared';
import type { Database } from '../db/database.ts';
import { findIdempotencyKey } from '../db/idempotency-keys.ts';
import type { NewIdempotencyKey } from '../db/idempotency-keys.ts';
import type { JobIds, NewJob } from '../db/jobs.ts';
import { removeUnacceptedJobs } from '../db/remove-jobs.ts';
import type { Deps } from '../deps.ts';
import { onceForKey } from '../once-for-key.ts';
import { refuseIfWrong } from './refusal.ts';
import { takeInput } from './take-input.ts';
import type { IncomingInput, Input } from './take-input.ts';

/** What making a job needs. */
export type BeginDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'scanner' | 'log' | 'step'>;

/** What to make a job from: the fields, and the requests if they came along. */
export interface BeginCommand extends Omit<CreateBatch, 'requests'> {
  requests?: IncomingInput | undefined;
  /** The same key and content again give the same job. */
  idempotency_key?: string | undefined;
}

/** In what the ways to make a job differ. */
export interface Beginning<T> {
  /** Of idempotency keys: what was called. */
  operation: string;
  job: Pick<NewJob, 'kind' | 'name' | 'retry' | 'completion_deadline' | 'budget'>;
  insert(job: NewJob): Promise<JobIds>;
  /** Takes the job up, whose row is there and whose input is kept. */
  accept(ids: JobIds, ledger: Input['ledger']): Promise<T>;
  /** Called with what `accept` throws, after what is left of the job was removed. */
  fail?(error: unknown, idempotency: NewIdempotencyKey | null): Promise<void>;
  /** What the call with the same key and content gave that came before. */
  again(jobId: string): Promise<T>;
}

/**
 * Makes a job of the input of a call, once for its key: first its row, so that whoever finds the input knows what it is for.
 *
 * @throws {BatchdeskError} what `takeInput` throws; `file_deleting`, `idempotency_key_reused`, `idempotency_key_in_use`
 */
export async function beginJob<T>(
  deps: BeginDeps,
  command: BeginCommand,
  { operation, job, insert, accept, fail, again }: Beginning<T>,
): Promise<T> {
  const { requests, idempotency_key, ...fields } = command;
  const { endpoint, completion_window, metadata = null, output_expires_after = null } = command;
  // Before the key is looked at: of an input that is too large not all is in its hash.
  if (requests) refuseIfWrong(requests.staged.summary, requests.place);
  // What was sent, and nothing that is found out about it: that may be more, or gone, when the call comes again.
  const call = { key: idempotency_key, operation, content: [fields, requests?.staged.sha256] };
  return onceForKey(deps.db, call, {
    again,
    first: async (idempotency) => {
      const provider = deps.provider.name;
      const common = { provider, endpoint, completion_window, metadata, output_expires_after, idempotency };
      const { ids, input, ledger } = await unlessTaken(deps.db, idempotency, async () => {
        const { ledger: rows, ...taken } = await takeInput(deps, command);
        return { ids: await insert({ ...common, ...job, ...taken }), input: taken.input, ledger: rows };
      });
      deps.step('job.inserted');
      try {
        if (input) await requests?.staged.keep(input.name);
        deps.step('input.kept');
        return await accept(ids, ledger);
      } catch (error) {
        await removeUnacceptedJobs(deps, ids.job_id);
        await fail?.(error, idempotency);
        throw error;
      }
    },
  });
}

/**
 * Does what comes before a key is stored. Where that fails because of a call with the same key that was quicker, it was
 * that call which took the room in the budget, say: the answer is its job.
 */
async function unlessTaken<T>(
  db: Database,
  idempotency: NewIdempotencyKey | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!idempotency || !(await findIdempotencyKey(db, idempotency.key))) throw error;
    throw new BatchdeskError('idempotency_key_in_use', { param: 'Idempotency-Key', cause: error });
  }
}
