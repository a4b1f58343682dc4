import { RESULT_TYPES } from '@batchdesk/shared';
import type { Search, SearchMatch } from '@batchdesk/shared';
import { findRequest } from '../db/request-pages.ts';
import type { Deps } from '../deps.ts';
import { splitLines } from '../storage/split-lines.ts';
import { readAnswer } from './answer-text.ts';
import { findText, toPattern } from './find-text.ts';
import type { KeptBatch } from './kept-results.ts';

/**
 * Looks for a text in the custom_id, the answer and the error message of each result, and tells each match as it is
 * found. Requests that nothing answers are not looked at.
 */
export async function* searchResults(
  { db, storage }: Pick<Deps, 'db' | 'storage'>,
  { ledger, files }: Pick<KeptBatch, 'ledger' | 'files'>,
  { q, limit, signal }: Search & { signal: AbortSignal | undefined },
): AsyncGenerator<SearchMatch> {
  const pattern = toPattern(q);
  let found = 0;
  for (const result_type of RESULT_TYPES) {
    const name = files[result_type];
    if (name === null) continue;
    for await (const { offset, bytes } of splitLines(storage.read(name))) {
      if (signal?.aborted) return;
      const match = findIn(bytes, pattern);
      if (!match) continue;
      const request = await findRequest(db, ledger, match.custom_id);
      // A line that does not count as the answer to a request is no result.
      if (request?.result_type !== result_type || request.result_offset !== offset) continue;
      const { line, custom_id, outcome } = request;
      yield { line, custom_id, outcome, result_type, snippet: match.snippet };
      found += 1;
      if (found === limit) return;
    }
  }
}

function findIn(bytes: Uint8Array, pattern: RegExp): { custom_id: string; snippet: string } | null {
  const { custom_id, content, error_message } = readAnswer(bytes);
  for (const text of [custom_id, content, error_message ?? '']) {
    const found = findText(text, pattern);
    if (found) return { custom_id, snippet: found.snippet };
  }
  return null;
}
