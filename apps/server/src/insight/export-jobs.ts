import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Job, JobsTable } from '@batchdesk/shared';
import { placeOf, readJobs } from '../db/job-pages.ts';
import type { JobPlace } from '../db/job-stretches.ts';
import type { Deps } from '../deps.ts';
import { toAmount, toCsv, toCsvRows, toIsoTime } from './csv.ts';
import type { CsvColumns } from './csv.ts';
import { showJobs } from './list-jobs.ts';

/** Jobs that are read at a time: some milliseconds. */
const PORTION = 100;

/** Batch ids that a cell has: spreadsheets end at 32,767 characters. */
const BATCH_IDS = 100;

/** All jobs that match as CSV, in the order that is asked for, a portion at a time, until `signal`. */
export async function* exportJobs(
  { db }: Pick<Deps, 'db'>,
  { sort, order, ...query }: JobsTable,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield toCsv([Object.keys(COLUMNS)]);
  let after: JobPlace | undefined;
  do {
    const jobs = await readJobs(db, query, { sort, order, after, limit: PORTION, signal });
    if (jobs.length > 0) yield toCsvRows(COLUMNS, await showJobs({ db }, jobs, { maxBatchIds: BATCH_IDS }));
    const last = jobs.length === PORTION ? jobs.at(-1) : undefined;
    after = last && placeOf(last, { sort, order });
    // SQLite answers at once, and nothing else runs in between unless it is let.
    await nextTurn();
  } while (after && !signal.aborted);
}

/** Times are ISO 8601 in UTC, amounts US dollars. Programs find columns by these names and places: new ones go to the end. */
const COLUMNS: CsvColumns<Job> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  state: ({ state }) => state,
  status: ({ status }) => status,
  provider: ({ provider }) => provider,
  endpoint: ({ endpoint }) => endpoint,
  models: ({ models }) => models.join(' '),
  created_at: ({ created_at }) => toIsoTime(created_at),
  finished_at: ({ finished_at }) => toIsoTime(finished_at),
  completion_deadline: ({ completion_deadline }) => toIsoTime(completion_deadline),
  expires_at: ({ expires_at }) => toIsoTime(expires_at),
  requests: ({ counts }) => counts.total,
  pending: ({ counts }) => counts.pending,
  submitted: ({ counts }) => counts.submitted,
  succeeded: ({ counts }) => counts.succeeded,
  failed: ({ counts }) => counts.failed,
  expired: ({ counts }) => counts.expired,
  cancelled: ({ counts }) => counts.cancelled,
  missing: ({ counts }) => counts.missing,
  input_tokens: ({ usage }) => usage?.input_tokens ?? null,
  cached_tokens: ({ usage }) => usage?.cached_tokens ?? null,
  output_tokens: ({ usage }) => usage?.output_tokens ?? null,
  reasoning_tokens: ({ usage }) => usage?.reasoning_tokens ?? null,
  total_tokens: ({ usage }) => usage?.total_tokens ?? null,
  cost: ({ cost }) => toAmount(cost.amount),
  synchronous_cost: ({ cost }) => toAmount(cost.synchronous),
  savings: ({ cost }) => toAmount(cost.savings),
  unpriced_batches: ({ cost }) => cost.unpriced_batches,
  batches: ({ batch_count }) => batch_count,
  batch_ids: ({ batch_ids }) => batch_ids.join(' '),
  input_bytes: ({ input_bytes }) => input_bytes,
  input_sha256: ({ input_sha256 }) => input_sha256,
  metadata: ({ metadata }) => metadata && JSON.stringify(metadata),
};
