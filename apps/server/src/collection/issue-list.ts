import { LIMITS } from '@batchdesk/shared';
import type { ResultIssue } from '@batchdesk/shared';
import type { BatchIssues } from '../db/issues.ts';

const MESSAGES = {
  invalid_json_line: 'This line is not parseable as valid JSON.',
  missing_custom_id: 'This line is no answer: it is no object with a custom_id.',
  unknown_custom_id: 'No request of the batch has this custom_id.',
  duplicate_custom_id: 'An earlier line answers this custom_id, and counts.',
  zero_status_code: 'The status code is 0: the request was not answered.',
} as const;

/** What can be wrong with a line of a result file. */
export type IssueCode = keyof typeof MESSAGES;

/** Characters of a custom_id that are kept: one that is unknown may be anything. */
const CUSTOM_ID_CHARACTERS = 500;

/** What is wrong with the results of a batch: the first issues are kept, the rest counted. */
export interface IssueList extends BatchIssues {
  add(code: IssueCode, place: Pick<ResultIssue, 'result_type' | 'line' | 'custom_id'>): void;
}

/** An empty list. */
export function createIssueList(): IssueList {
  return {
    issues: [],
    issue_count: 0,
    add(code, place) {
      this.issue_count += 1;
      if (this.issues.length === LIMITS.issuesKept) return;
      const custom_id = place.custom_id?.slice(0, CUSTOM_ID_CHARACTERS).toWellFormed() ?? null;
      this.issues.push({ code, message: MESSAGES[code], ...place, custom_id });
    },
  };
}
