import { BatchdeskError, RESULT_TYPES } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import { markCollected } from '../db/mark-collected.ts';
import { saveIssues } from '../db/issues.ts';
import type { Ledger } from '../db/ledgers.ts';
import { countOutcomes, settlePending } from '../db/requests.ts';
import { endSingle } from '../db/settlements.ts';
import type { Deps } from '../deps.ts';
import { indexResults } from './index-results.ts';
import { openResult } from './keep-result.ts';
import type { ResultFile } from './keep-result.ts';
import { openLedger } from './open-ledger.ts';
import { shareWork } from '../share-work.ts';

type CollectDeps = Pick<Deps, 'db' | 'provider' | 'storage' | 'log' | 'step'>;
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
  const { db, step } = deps;
  step('collection.begun');
  const ledger = await unlessDeleted(deps, batch, 'input_expired', () => openLedger(deps, batch));
  const files: TypedFile[] = [];
  // What ran and was paid, and whose answers were deleted before they got here, is not sent again by itself.
  let isExpired = false;
  for (const type of RESULT_TYPES) {
    const file = await unlessDeleted(deps, batch, 'results_expired', () => openResult(deps, batch, type));
    if (file === undefined) isExpired = true;
    else if (file) files.push({ type, ...file });
  }
  step('results.opened');
  const issues = ledger ? await settle(deps, batch, { ledger, files, isExpired }) : 0;
  step('results.indexed');
  for (const { download } of files) await download?.done;
  step('results.kept');
  const outcomes = ledger ? await countOutcomes(db, ledger.submission_id) : {};
  const hasLines = ledger !== undefined && !isExpired;
  await markCollected(db, batch, { counts: { ...outcomes, issues }, hasLines });
  step('collection.stored');
  await endSingle(db, batch.id);
}

/** Reads the files, as they come in where they are not here yet. Returns how many lines are no good. */
async function settle(
  deps: CollectDeps,
  batch: Batch,
  { ledger, files, isExpired }: { ledger: Ledger; files: readonly TypedFile[]; isExpired: boolean },
): Promise<number> {
  const sources = files.map(({ type, name, download }) => ({
    type,
    open: () => download?.read() ?? deps.storage.read(name),
  }));
  const found = await indexResults(deps, ledger, sources);
  // A batch that failed in validation ran nothing: its requests failed with its first error.
  const rest =
    batch.status === 'failed'
      ? ({ outcome: 'failed', error_code: batch.errors?.data[0]?.code ?? 'batch_failed' } as const)
      : ({ outcome: 'missing', error_code: isExpired ? 'results_expired' : null } as const);
  await settlePending(deps.db, ledger, rest);
  await saveIssues(deps.db, batch.id, found);
  return found.issue_count;
}

/** What the provider has deleted for good is done without, and `undefined`. */
async function unlessDeleted<T>(
  { log }: CollectDeps,
  { id: batch_id }: Batch,
  code: 'input_expired' | 'results_expired',
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BatchdeskError) || error.code !== code) throw error;
    log.warn({ batch_id, code }, 'the provider has deleted a file of this batch');
    return undefined;
  }
}
