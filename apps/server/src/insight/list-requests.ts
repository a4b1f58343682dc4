import { LIMITS, costOf, toDollars } from '@batchdesk/shared';
import type { ListRequests, ListRequestsAnswer, Price, RequestView } from '@batchdesk/shared';
import { findPricesOfSubmissions } from '../db/prices.ts';
import type { StoredRequest } from '../db/request-pages.ts';
import type { Deps } from '../deps.ts';
import type { KeptRequests, ResultFiles } from './kept-results.ts';
import { countBy, countGroups, pageRequests, showOutcome } from './page-requests.ts';
import { readBodies } from './read-bodies.ts';

/**
 * A page of the requests of a batch or a job in input order, with the lines themselves where `include` asks for them. It ends
 * early when these pass 8 MB, but has one request at least.
 *
 * @throws {BatchdeskError} `results_expired` when a line that is asked for is in a file that is gone
 */
export async function listRequests(
  deps: Pick<Deps, 'db' | 'storage'>,
  kept: KeptRequests,
  query: ListRequests,
): Promise<ListRequestsAnswer> {
  const { scope, files } = kept;
  const groups = query.counts ? await countGroups(deps.db, scope) : null;
  const { rows, has_more, total } = await pageRequests(deps.db, kept, { ...query, groups });
  const shown = rows.slice(0, countThatFit(rows, query.include));
  const bodies = await readBodies(deps, kept, { rows: shown, include: query.include });
  const prices = await findPricesOfSubmissions(
    deps.db,
    shown.map(({ submission_id }) => submission_id),
  );
  const data = shown.map((row, index) => Object.assign(toView(row, { files, prices }), bodies[index]));
  return {
    success: true,
    object: 'list',
    data,
    has_more: has_more || shown.length < rows.length,
    last_line: data.at(-1)?.line ?? null,
    total,
    ...(groups && {
      counts: {
        by_outcome: countBy(groups, ({ outcome, submission_id }) =>
          showOutcome(outcome, files.hasBatch(submission_id)),
        ),
        by_error_code: countBy(groups, ({ error_code }) => error_code),
      },
    }),
  };
}

/** A request costs what the price of its batch says. */
function toView(
  row: StoredRequest,
  { files, prices }: { files: ResultFiles; prices: ReadonlyMap<string, Price> },
): RequestView {
  const outcome = showOutcome(row.outcome, files.hasBatch(row.submission_id));
  const { line, custom_id, status_code, error_code, attempt, input_bytes, result_bytes } = row;
  const { input_tokens, output_tokens, cached_tokens, reasoning_tokens } = row;
  const cost = costOfRequest(row, prices.get(row.submission_id));
  const tokens = { input_tokens, output_tokens, cached_tokens, reasoning_tokens, cost };
  const sent = { attempt, input_bytes, result_bytes };
  return { line, custom_id, outcome, status_code, error_code, ...sent, ...tokens };
}

/** US dollars, `null` when not known. One with more input tokens than the price says costs more as a whole. */
function costOfRequest(row: StoredRequest, price: Price | undefined): number | null {
  if (!price || (row.input_tokens === null && row.output_tokens === null)) return null;
  const tokens = {
    input_tokens: row.input_tokens ?? 0,
    cached_tokens: row.cached_tokens ?? 0,
    output_tokens: row.output_tokens ?? 0,
  };
  const isLong = tokens.input_tokens > (price.long_context?.above_input_tokens ?? Infinity);
  return toDollars(costOf({ ...tokens, long: isLong ? tokens : undefined }, price).batch.total);
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
