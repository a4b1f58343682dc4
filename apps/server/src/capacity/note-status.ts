import { isTerminal } from '@batchdesk/shared';
import type { Batch, BatchStatus } from '@batchdesk/shared';
import { findSubmissionOfBatch } from '../db/job-submissions.ts';
import type { Deps } from '../deps.ts';
import { noteRoom } from './learn-limit.ts';

/** Takes note of what the status of a batch says about the room of its model: it passed validation, or makes room. */
export async function noteStatus(
  { db, provider }: Pick<Deps, 'db' | 'provider'>,
  batch: Batch,
  from: BatchStatus,
): Promise<void> {
  if (from === batch.status || batch.status === 'failed') return;
  const passed = from === 'validating' && batch.in_progress_at !== null;
  if (!passed && !isTerminal(batch.status)) return;
  const submission = await findSubmissionOfBatch(db, batch.id);
  if (submission?.model) await noteRoom(db, provider.name, submission.model, { passed });
}
