import { BatchdeskError, RESULT_TYPES } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import { markCollected } from '../db/batches.ts';
import { finishJob } from '../db/jobs.ts';
import { countOutcomes, settlePending, storeResults } from '../db/requests.ts';
import type { LedgerPart, LedgerResult } from '../db/requests.ts';
import { findSubmissionId } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { splitLines } from '../storage/split-lines.ts';
import { keepResult } from './keep-result.ts';
import { parseResult } from './parse-result.ts';
import { isFresh } from './result-state.ts';

type CollectDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'log'>;

/** Result lines that go into the ledger in one statement. */
const PORTION = 1_000;

/**
 * Brings the results of a batch that has ended to our disk and gives each of its requests an outcome. What no line
 * answers is missing. Can be done again at any time. For batches whose files are known: see `isSettled`.
 *
 * @throws {BatchdeskError} `provider_*` when a file cannot be fetched now
 */
export async function collectBatch(deps: CollectDeps, batch: Batch): Promise<void> {
  const { id, job_id, status } = batch;
  const submission_id = await findSubmissionId(deps.db, id);
  if (submission_id === null) throw new Error(`Batch ${id} came of no submission.`);
  const part = { job_id, submission_id };
  let strayLines = 0;
  for (const type of RESULT_TYPES) strayLines += await collectFile(deps, batch, { type, part });
  // A batch that failed in validation ran nothing: its requests failed with its first error.
  const rest =
    status === 'failed'
      ? ({ outcome: 'failed', error_code: batch.errors?.data[0]?.code ?? 'batch_failed' } as const)
      : ({ outcome: 'missing' } as const);
  await settlePending(deps.db, part, rest);
  const outcomes = await countOutcomes(deps.db, job_id);
  await markCollected(deps.db, batch, { ...outcomes, stray_lines: strayLines });
  await finishJob(deps.db, job_id);
}

/** Returns how many lines were no answer to a request of the batch. */
async function collectFile(
  deps: CollectDeps,
  batch: Batch,
  { type, part }: { type: ResultType; part: LedgerPart },
): Promise<number> {
  const name = await keepIfThere(deps, batch, type);
  if (name === null) return 0;
  let lines = 0;
  let stored = 0;
  let portion: LedgerResult[] = [];
  for await (const line of splitLines(deps.storage.read(name))) {
    lines += 1;
    const result = parseResult(line, type);
    if (result) portion.push(result);
    if (portion.length < PORTION) continue;
    stored += await storeResults(deps.db, part, portion);
    portion = [];
  }
  stored += await storeResults(deps.db, part, portion);
  return lines - stored;
}

async function keepIfThere(deps: CollectDeps, batch: Batch, type: ResultType): Promise<string | null> {
  try {
    return await keepResult(deps, batch, type);
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== 'file_not_found' || isFresh(batch)) throw error;
    deps.log.warn({ batch_id: batch.id, type }, 'the provider has deleted this result file');
    return null;
  }
}
