import { setImmediate as nextTurn } from 'node:timers/promises';
import { BatchdeskError, LIMITS } from '@batchdesk/shared';
import type { ListRequests, ListRequestsAnswer, RequestView } from '@batchdesk/shared';
import { countRequests } from '../db/request-pages.ts';
import type { StoredRequest } from '../db/request-pages.ts';
import type { Ledger } from '../db/ledgers.ts';
import type { Deps } from '../deps.ts';
import { countBy, pageRequests, showOutcome } from './page-requests.ts';
import type { KeptResults } from './read-answered.ts';

/** What of a batch is on our disk, its input too. */
export interface KeptRequests extends KeptResults {
  ledger: Ledger;
}

/**
 * A page of the requests of a batch in input order, with the lines themselves where `include` asks for them. It ends
 * early when these pass 8 MB, but has one request at least.
 *
 * @throws {BatchdeskError} `results_expired` when a line that is asked for is in a file that is gone
 */
export async function listRequests(
  deps: Pick<Deps, 'db' | 'storage'>,
  kept: KeptRequests,
  query: ListRequests,
): Promise<ListRequestsAnswer> {
  const groups = await countRequests(deps.db, kept.ledger);
  const { rows, has_more, total } = await pageRequests(deps.db, kept.ledger, { ...query, groups });
  const shown = rows.slice(0, countThatFit(rows, query.include));
  const data: RequestView[] = [];
  for (const row of shown) data.push({ ...toView(row), ...(await readBodies(deps, kept, { row, query })) });
  return {
    success: true,
    object: 'list',
    data,
    has_more: has_more || shown.length < rows.length,
    last_line: data.at(-1)?.line ?? null,
    total,
    counts: {
      by_outcome: countBy(groups, ({ outcome }) => showOutcome(outcome)),
      by_error_code: countBy(groups, ({ error_code }) => error_code),
    },
  };
}

function toView(row: StoredRequest): RequestView {
  const { line, custom_id, outcome, status_code, error_code, attempt, input_tokens, output_tokens } = row;
  const tokens = { input_tokens, output_tokens };
  return { line, custom_id, outcome: showOutcome(outcome), status_code, error_code, attempt, ...tokens };
}

/** How many requests of a page have room with their bodies: one at least. */
function countThatFit(rows: readonly StoredRequest[], include: ListRequests['include']): number {
  let bytes = 0;
  const tooMany = rows.findIndex(({ input_bytes, result_bytes }, index) => {
    if (include.includes('input')) bytes += input_bytes;
    if (include.includes('result')) bytes += result_bytes ?? 0;
    return index > 0 && bytes > LIMITS.requestPage.bodyBytes;
  });
  return tooMany === -1 ? rows.length : tooMany;
}

async function readBodies(
  { storage }: Pick<Deps, 'storage'>,
  { batch, ledger, files }: KeptRequests,
  { row, query: { include } }: { row: StoredRequest; query: ListRequests },
): Promise<Pick<RequestView, 'input' | 'result'>> {
  const bodies: Pick<RequestView, 'input' | 'result'> = {};
  if (include.length > 0) await nextTurn(); // lines may be large, and each is parsed in one go
  if (include.includes('input')) {
    bodies.input = await readJson(storage, ledger.input_name!, [row.input_offset, row.input_bytes]);
  }
  if (include.includes('result')) {
    const { result_type, result_offset, result_bytes } = row;
    const name = result_type && files[result_type];
    if (result_type && !name) {
      throw new BatchdeskError('results_expired', { details: { batch_id: batch.id } });
    }
    bodies.result = name ? await readJson(storage, name, [result_offset!, result_bytes!]) : null;
  }
  return bodies;
}

async function readJson(
  storage: Deps['storage'],
  name: string,
  [offset, length]: [number, number],
): Promise<unknown> {
  const reader = await storage.open(name);
  try {
    return JSON.parse((await reader.read(offset, length)).toString());
  } finally {
    await reader.close();
  }
}
