import { BatchdeskError } from '@batchdesk/shared';
import type { ErrorGroup, JobErrorsAnswer } from '@batchdesk/shared';
import { findBatchFailures } from '../db/batch-failures.ts';
import { countRequestsOfJob } from '../db/job-groups.ts';
import { countErrors } from '../db/request-errors.ts';
import { readLines } from '../db/request-pages.ts';
import type { StoredRequest } from '../db/request-pages.ts';
import type { Deps } from '../deps.ts';
import { readAnswer } from './answer-text.ts';
import type { KeptResults, ResultFiles } from './kept-results.ts';
import { createLineReader } from './line-reader.ts';
import type { LineReader } from './line-reader.ts';

/** Groups, and reasons of batches, that one answer lists. */
const MAX_LISTED = 100;
const MESSAGE_CHARACTERS = 1_000;
const OUTCOMES: readonly string[] = [
  'failed',
  'expired',
  'cancelled',
  'missing',
] satisfies ErrorGroup['outcome'][];

/**
 * What did not succeed in a job, each request as it is now: by outcome, error code and status code, with what the result
 * of the first one says; and why batches failed as a whole.
 */
export async function listErrors(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  { scope, files }: KeptResults,
): Promise<JobErrorsAnswer> {
  const { job_id } = scope;
  const groups = await countRequestsOfJob(db, job_id, ({ outcome }) => OUTCOMES.includes(outcome));
  const errors = (await countErrors(db, groups))
    .toSorted((a, b) => b.count - a.count || a.line - b.line)
    .slice(0, MAX_LISTED);
  const rows = await readLines(
    db,
    job_id,
    errors.map(({ line }) => line),
  );
  const byLine = new Map(rows.map((row) => [row.line, row]));
  await using lines = createLineReader(storage);
  const listed: ErrorGroup[] = [];
  for (const { line, outcome, ...group } of errors) {
    const row = byLine.get(line);
    if (!row) continue; // the job was deleted meanwhile
    const sample = { line, custom_id: row.custom_id, message: await readMessage(lines, files, row) };
    listed.push({ outcome: outcome as ErrorGroup['outcome'], ...group, sample });
  }
  return {
    success: true,
    groups: listed,
    batch_errors: await findBatchFailures(db, job_id, { limit: MAX_LISTED }),
  };
}

/** `null` when no line came, or it cannot be read now. */
async function readMessage(
  lines: LineReader,
  files: ResultFiles,
  row: StoredRequest,
): Promise<string | null> {
  const { submission_id, result_type, result_offset, result_bytes } = row;
  if (result_type === null) return null;
  try {
    const name = await files.find(submission_id, result_type);
    if (name === null) return null;
    const { error_message } = readAnswer(await lines.read(name, result_offset!, result_bytes!));
    return error_message && error_message.slice(0, MESSAGE_CHARACTERS).toWellFormed();
  } catch (error) {
    if (error instanceof BatchdeskError) return null;
    throw error;
  }
}
