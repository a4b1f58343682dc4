import { setImmediate as nextTurn } from 'node:timers/promises';
import { BATCHES_CSV_HEADER } from '@batchdesk/shared';
import type { Batch, BatchFilters } from '@batchdesk/shared';
import { readBatches } from '../db/batch-pages.ts';
import type { Deps } from '../deps.ts';
import { toCsv, toDecimal, toIsoTime } from './csv.ts';
import type { CsvRow } from './csv.ts';

/** Batches that are read at a time: some milliseconds. */
const PORTION = 200;

/** All stored batches that match, newest first, as CSV, a portion at a time, until `signal`. */
export async function* exportBatches(
  { db }: Pick<Deps, 'db'>,
  filters: BatchFilters,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield toCsv([BATCHES_CSV_HEADER]);
  let after: Batch | undefined;
  do {
    const batches = await readBatches(db, filters, { after, limit: PORTION, signal });
    if (batches.length > 0) yield toCsv(batches.map(toRow));
    after = batches.length === PORTION ? batches.at(-1) : undefined;
    // SQLite answers at once, and nothing else runs in between unless it is let.
    await nextTurn();
  } while (after && !signal.aborted);
}

function toRow(batch: Batch): CsvRow {
  const { request_counts: requests, usage, cost, metadata } = batch;
  return [
    batch.id,
    batch.job_id,
    batch.provider,
    batch.status,
    batch.endpoint,
    batch.model,
    ...TIMES.map((name) => toIsoTime(batch[name])),
    requests.total,
    requests.completed,
    requests.failed,
    usage?.input_tokens ?? null,
    usage?.input_tokens_details?.cached_tokens ?? null,
    usage?.output_tokens ?? null,
    usage?.output_tokens_details?.reasoning_tokens ?? null,
    usage?.total_tokens ?? null,
    toDecimal(cost?.amount),
    toDecimal(cost?.synchronous),
    toDecimal(cost?.savings),
    cost?.unknown ?? null,
    batch.input_file_id,
    batch.output_file_id,
    batch.error_file_id,
    metadata && JSON.stringify(metadata),
  ];
}

const TIMES = [
  'created_at',
  'in_progress_at',
  'finalizing_at',
  'completed_at',
  'failed_at',
  'expired_at',
  'cancelling_at',
  'cancelled_at',
  'expires_at',
] as const;
