import type { Batch, ResultType } from '@batchdesk/shared';
import { countRequests, readRequestsOfGroups } from '../db/request-pages.ts';
import type { StoredRequest } from '../db/request-pages.ts';
import type { LedgerPart } from '../db/requests.ts';
import type { Deps } from '../deps.ts';
import { createLineReader } from './line-reader.ts';

/** A request and the line that answers it, `null` when none does. */
export interface Answered {
  request: StoredRequest;
  bytes: Buffer | null;
}

/** What of a batch is on our disk: its ledger, and its result files where it has them. */
export interface KeptResults {
  batch: Batch;
  ledger: LedgerPart;
  files: Record<ResultType, string | null>;
}

/** Rows read at a time, and bytes of lines after which fewer are. */
const PAGE = 1_000;
const PORTION_BYTES = 1 << 18;

/** The requests of a batch with their answers, in input order, a portion at a time; only those of one file if asked. */
export async function* readAnswered(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  { ledger, files }: KeptResults,
  only: ResultType | null,
): AsyncGenerator<Answered[]> {
  await using lines = createLineReader(storage);
  const read = async ({ result_type, result_offset, result_bytes }: StoredRequest) => {
    const name = result_type && files[result_type];
    return name ? lines.read(name, result_offset!, result_bytes!) : null;
  };
  const groups = await countRequests(db, ledger);
  for (let after = 0; ;) {
    const page = await readRequestsOfGroups(db, groups, { after, limit: PAGE, result_type: only });
    for (const portion of cut(page)) {
      yield await Promise.all(portion.map(async (request) => ({ request, bytes: await read(request) })));
    }
    if (page.length < PAGE) return;
    after = page.at(-1)!.line;
  }
}

function* cut(page: readonly StoredRequest[]): Generator<StoredRequest[]> {
  let portion: StoredRequest[] = [];
  let bytes = 0;
  for (const request of page) {
    portion.push(request);
    bytes += request.result_bytes ?? 0;
    if (bytes < PORTION_BYTES) continue;
    yield portion;
    portion = [];
    bytes = 0;
  }
  if (portion.length > 0) yield portion;
}
