import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Batch, BatchFilters } from '@batchdesk/shared';
import { readBatches } from '../db/batch-pages.ts';
import type { Deps } from '../deps.ts';
import { toCsv, toCsvRows, toAmount, toIsoTime } from './csv.ts';
import type { CsvColumns } from './csv.ts';

/** Batches that are read at a time: some milliseconds. */
const PORTION = 200;

/** All stored batches that match, newest first, as CSV, a portion at a time, until `signal`. */
export async function* exportBatches(
  { db }: Pick<Deps, 'db'>,
  filters: BatchFilters,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield toCsv([Object.keys(COLUMNS)]);
  let after: Batch | undefined;
  do {
    const batches = await readBatches(db, filters, { after, limit: PORTION, signal });
    if (batches.length > 0) yield toCsvRows(COLUMNS, batches);
    after = batches.length === PORTION ? batches.at(-1) : undefined;
    // SQLite answers at once, and nothing else runs in between unless it is let.
    await nextTurn();
  } while (after && !signal.aborted);
}

/** Times are ISO 8601 in UTC, amounts US dollars. Programs find columns by these names and places: new ones go to the end. */
const COLUMNS: CsvColumns<Batch> = {
  id: ({ id }) => id,
  job_id: ({ job_id }) => job_id,
  provider: ({ provider }) => provider,
  status: ({ status }) => status,
  endpoint: ({ endpoint }) => endpoint,
  model: ({ model }) => model,
  created_at: ({ created_at }) => toIsoTime(created_at),
  in_progress_at: ({ in_progress_at }) => toIsoTime(in_progress_at),
  finalizing_at: ({ finalizing_at }) => toIsoTime(finalizing_at),
  completed_at: ({ completed_at }) => toIsoTime(completed_at),
  failed_at: ({ failed_at }) => toIsoTime(failed_at),
  expired_at: ({ expired_at }) => toIsoTime(expired_at),
  cancelling_at: ({ cancelling_at }) => toIsoTime(cancelling_at),
  cancelled_at: ({ cancelled_at }) => toIsoTime(cancelled_at),
  expires_at: ({ expires_at }) => toIsoTime(expires_at),
  requests: ({ request_counts }) => request_counts.total,
  requests_completed: ({ request_counts }) => request_counts.completed,
  requests_failed: ({ request_counts }) => request_counts.failed,
  input_tokens: ({ usage }) => usage?.input_tokens ?? null,
  cached_tokens: ({ usage }) => usage?.input_tokens_details?.cached_tokens ?? null,
  output_tokens: ({ usage }) => usage?.output_tokens ?? null,
  reasoning_tokens: ({ usage }) => usage?.output_tokens_details?.reasoning_tokens ?? null,
  total_tokens: ({ usage }) => usage?.total_tokens ?? null,
  cost: ({ cost }) => toAmount(cost?.amount),
  synchronous_cost: ({ cost }) => toAmount(cost?.synchronous),
  savings: ({ cost }) => toAmount(cost?.savings),
  cost_unknown: ({ cost }) => cost?.unknown ?? null,
  input_file_id: ({ input_file_id }) => input_file_id,
  output_file_id: ({ output_file_id }) => output_file_id,
  error_file_id: ({ error_file_id }) => error_file_id,
  metadata: ({ metadata }) => metadata && JSON.stringify(metadata),
  cost_basis: ({ cost }) => cost?.basis ?? null,
};
