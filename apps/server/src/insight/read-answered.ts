import type { ResultType } from '@batchdesk/shared';
import { findLastLine } from '../db/ledgers.ts';
import { countRequests } from '../db/request-groups.ts';
import { readRequests, readRequestsOfGroups } from '../db/request-pages.ts';
import type { LedgerScope, StoredRequest } from '../db/request-pages.ts';
import type { Database } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import type { KeptResults } from './kept-results.ts';
import { createLineReader } from './line-reader.ts';
import { showOutcome } from './page-requests.ts';

/** A request as it is shown, and the line that answers it, `null` when none does. */
export interface Answered {
  request: StoredRequest;
  bytes: Buffer | null;
}

/** Rows read at a time, lines of input looked through for them, and bytes of lines after which fewer are. */
const PAGE = 1_000;
const SPAN = 10_000;
const PORTION_BYTES = 1 << 18;

/** Requests with their answers, in input order, a portion at a time; only those of one kind of file if asked. */
export async function* readAnswered(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  { scope, files }: KeptResults,
  only: ResultType | null,
): AsyncGenerator<Answered[]> {
  await using lines = createLineReader(storage);
  const answer = async (request: StoredRequest): Promise<Answered> => {
    const { submission_id, result_type, result_offset, result_bytes } = request;
    if (result_type === null) {
      const outcome = showOutcome(request.outcome, files.hasBatch(submission_id));
      return { request: { ...request, outcome }, bytes: null };
    }
    const name = await files.find(submission_id, result_type);
    if (name === null) return { request: withoutResult(request), bytes: null };
    return { request, bytes: await lines.read(name, result_offset!, result_bytes!) };
  };
  for await (const page of readPages(db, scope, only)) {
    for (const portion of cutByBytes(page, ({ result_bytes }) => result_bytes ?? 0)) {
      const answered = await Promise.all(portion.map(answer));
      yield only === null ? answered : answered.filter(({ bytes }) => bytes !== null);
    }
  }
}

/** Its results are coming in: they count when they are all here. */
function withoutResult(request: StoredRequest): StoredRequest {
  const unknown = { status_code: null, error_code: null, input_tokens: null, output_tokens: null };
  return { ...request, ...unknown, outcome: 'submitted' };
}

function readPages(
  db: Database,
  scope: LedgerScope,
  only: ResultType | null,
): AsyncGenerator<StoredRequest[]> {
  const { job_id, submission_id } = scope;
  return submission_id === null ? readJob(db, job_id, only) : readSubmission(db, submission_id, only);
}

async function* readSubmission(
  db: Database,
  submission_id: string,
  result_type: ResultType | null,
): AsyncGenerator<StoredRequest[]> {
  const groups = await countRequests(db, { submission_id });
  for (let after = 0; ;) {
    const page = await readRequestsOfGroups(db, groups, { after, limit: PAGE, result_type });
    yield page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.line;
  }
}

/**
 * The requests of a job, each as it is now, in input order; all, or those that one kind of file answers. By stretches of
 * the input: a million lines looked through at once for a few would hold up all else.
 */
export async function* readJob(
  db: Database,
  jobId: string,
  result_type: ResultType | null,
): AsyncGenerator<StoredRequest[]> {
  const last = await findLastLine(db, jobId);
  for (let after = 0; after < last;) {
    const until = after + SPAN;
    const page = await readRequests(db, jobId, { after, until, limit: PAGE, result_type });
    yield page;
    after = page.length === PAGE ? page.at(-1)!.line : until;
  }
}

/** Cuts requests into portions whose lines may be in memory at once. */
export function* cutByBytes(
  page: readonly StoredRequest[],
  bytesOf: (request: StoredRequest) => number,
): Generator<StoredRequest[]> {
  let portion: StoredRequest[] = [];
  let bytes = 0;
  for (const request of page) {
    portion.push(request);
    bytes += bytesOf(request);
    if (bytes < PORTION_BYTES) continue;
    yield portion;
    portion = [];
    bytes = 0;
  }
  if (portion.length > 0) yield portion;
}
