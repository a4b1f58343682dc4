import type { Batch } from '@batchdesk/shared';
import { PENDING } from '../db/hand-on.ts';
import { findJob } from '../db/jobs.ts';
import { failLines } from '../db/fail-lines.ts';
import { endReplaced } from '../db/settlements.ts';
import { findSubmissionOfBatch } from '../db/job-submissions.ts';
import type { Submission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { BILLING, pauseProvider } from '../capacity/pause-provider.ts';
import { handleRefusal } from '../capacity/handle-refusal.ts';
import { handOn } from './hand-on.ts';
import { maySend } from './settle-batch.ts';

type RequeueDeps = Pick<Deps, 'db' | 'provider' | 'log' | 'step'>;

/**
 * A batch that the provider refused as a whole ran nothing and cost nothing: its requests wait for their turn again, in
 * smaller batches if it was too large, and without the lines that were named as wrong. Returns the submission
 * that was replaced; `null` for other failures, which are those of its requests.
 */
export async function requeueRefused(deps: RequeueDeps, batch: Batch): Promise<Submission | null> {
  if (batch.status !== 'failed') return null;
  const source = await findSubmissionOfBatch(deps.db, batch.id);
  const job = source && (await findJob(deps.db, source.job_id));
  if (!job || !maySend(job) || source.settled_at !== null) return null;
  const plan = await decide(deps, batch, source);
  if (!plan) return null;
  const { db } = deps;
  const handed = await handOn(deps, { job, source, selection: PENDING, mode: 'moved', ...plan });
  const error = batch.errors?.data[0];
  const why = { code: error?.code ?? 'batch_failed', message: error?.message ?? null };
  await endReplaced(db, source, { ...why, requests: handed });
  return source;
}

/** What may be done for the requests of a refused batch; `null` when nothing may. */
async function decide(
  deps: RequeueDeps,
  batch: Batch,
  source: Submission,
): Promise<{ tokenLimit?: number | undefined } | null> {
  const errors = batch.errors?.data ?? [];
  const [first] = errors;
  const code = first?.code ?? '';
  if (code === 'token_limit_exceeded') return handleRefusal(deps, source, first?.message ?? '');
  if (BILLING.test(code)) {
    const message = first?.message ?? 'The provider account is out of quota or its billing is off.';
    await pauseProvider(deps, { code: 'insufficient_quota', message });
    return {};
  }
  const wrong = errors.flatMap(({ line, code: why }) =>
    line === null ? [] : [{ line, code: why ?? 'batch_failed' }],
  );
  if (wrong.length === 0 || wrong.length < errors.length) return null;
  // Each time at least one line less goes on: this comes to an end.
  return (await failLines(deps.db, source, wrong)) > 0 ? {} : null;
}
