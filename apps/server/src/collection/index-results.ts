import type { ResultType } from '@batchdesk/shared';
import type { BatchIssues } from '../db/issues.ts';
import type { LedgerPart } from '../db/requests.ts';
import { readRows, storeResults, toStoredId } from '../db/results.ts';
import type { LedgerResult } from '../db/results.ts';
import type { Deps } from '../deps.ts';
import { splitLines } from '../storage/split-lines.ts';
import { createIssueList } from './issue-list.ts';
import { parseResult } from './parse-result.ts';

/** Result lines that go into the ledger in one statement. */
const PORTION = 1_000;

/**
 * Notes in the ledger what the lines of result files say, and returns what is wrong with them. The first line about a
 * request counts: files are given in the order in which they are believed. Done again it comes to the same.
 */
export async function indexResults(
  { db, step }: Pick<Deps, 'db' | 'step'>,
  part: LedgerPart,
  files: readonly { type: ResultType; open: () => AsyncIterable<Uint8Array> }[],
): Promise<BatchIssues> {
  const issues = createIssueList();
  const waiting = await readRows(db, part);
  const answered = new Set<string>();
  let portion: LedgerResult[] = [];
  for (const { type: result_type, open } of files) {
    for await (const { line, offset, bytes } of splitLines(open())) {
      const result = parseResult(bytes);
      if (typeof result === 'string') {
        issues.add(result, { result_type, line, custom_id: null });
        continue;
      }
      const { custom_id, ...said } = result;
      const stored = toStoredId(custom_id);
      const place = { result_type, line, custom_id };
      if (said.status_code === 0) issues.add('zero_status_code', place);
      const rowid = waiting.get(stored);
      if (rowid === undefined) {
        issues.add(answered.has(stored) ? 'duplicate_custom_id' : 'unknown_custom_id', place);
        continue;
      }
      waiting.delete(stored);
      answered.add(stored);
      const where = { result_type, result_offset: offset, result_bytes: bytes.length };
      portion.push({ rowid, ...where, ...said });
      if (portion.length < PORTION) continue;
      await storeResults(db, portion);
      step('results.portion');
      portion = [];
    }
  }
  await storeResults(db, portion);
  return issues;
}
