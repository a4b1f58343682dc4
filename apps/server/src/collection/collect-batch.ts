import { BatchdeskError, RESULT_TYPES } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import { markCollected } from '../db/batches.ts';
import { saveIssues } from '../db/issues.ts';
import { finishJob } from '../db/jobs.ts';
import type { Ledger } from '../db/ledgers.ts';
import { countOutcomes, settlePending } from '../db/requests.ts';
import { settleSubmission } from '../db/settle-submission.ts';
import type { Deps } from '../deps.ts';
import { indexResults } from './index-results.ts';
import { openResult } from './keep-result.ts';
import type { ResultFile } from './keep-result.ts';
import { openLedger } from './open-ledger.ts';
import { shareWork } from './share-work.ts';

type CollectDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'log'>;
type TypedFile = ResultFile & { type: ResultType };

/**
 * Brings the results of a batch that has ended to our disk and gives each of its requests an outcome. What no line
 * answers is missing. Can be done again at any time, and comes to the same. For batches whose files are known: see
 * `isSettled`.
 *
 * @throws {BatchdeskError} `provider_*` when a file cannot be fetched now
 */
export function collectBatch(deps: CollectDeps, batch: Batch): Promise<void> {
  return shareWork(deps.storage, `results of ${batch.id}`, () => collect(deps, batch));
}

async function collect(deps: CollectDeps, batch: Batch): Promise<void> {
  const ledger = await unlessDeleted(deps, batch, 'input_expired', () => openLedger(deps, batch));
  const files: TypedFile[] = [];
  for (const type of RESULT_TYPES) {
    const file = await unlessDeleted(deps, batch, 'results_expired', () => openResult(deps, batch, type));
    if (file) files.push({ type, ...file });
  }
  const issues = ledger ? await settle(deps, batch, { ledger, files }) : 0;
  for (const { download } of files) await download?.done;
  const outcomes = ledger ? await countOutcomes(deps.db, ledger.submission_id) : {};
  await markCollected(deps.db, batch, { ...outcomes, issues });
  if (ledger) await settleSubmission(deps.db, ledger.submission_id);
  await finishJob(deps.db, batch.job_id);
}

/** Reads the files, as they come in where they are not here yet. Returns how many lines are no good. */
async function settle(
  deps: CollectDeps,
  batch: Batch,
  { ledger, files }: { ledger: Ledger; files: readonly TypedFile[] },
): Promise<number> {
  const sources = files.map(({ type, name, download }) => ({
    type,
    open: () => download?.read() ?? deps.storage.read(name),
  }));
  const found = await indexResults(deps.db, ledger, sources);
  // A batch that failed in validation ran nothing: its requests failed with its first error.
  const rest =
    batch.status === 'failed'
      ? ({ outcome: 'failed', error_code: batch.errors?.data[0]?.code ?? 'batch_failed' } as const)
      : ({ outcome: 'missing' } as const);
  await settlePending(deps.db, ledger, rest);
  await saveIssues(deps.db, batch.id, found);
  return found.issue_count;
}

/** What the provider has deleted for good is done without. */
async function unlessDeleted<T>(
  { log }: CollectDeps,
  { id: batch_id }: Batch,
  code: 'input_expired' | 'results_expired',
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== code) throw error;
    log.warn({ batch_id, code }, 'the provider has deleted a file of this batch');
    return null;
  }
}
