import type { InputIssue } from '@batchdesk/shared';
import type { BuildProblem } from '../../create/make-requests.ts';
import type { InputResult } from './create-input.ts';
import type { DescribedProblem } from './describe-problem.ts';

/** Something that is wrong with an input, as it is listed. */
export interface ListedIssue extends InputIssue {
  /** Of prompts or CSV; the header is row 0. */
  row: number | null;
  /** The template that it is in. */
  field: DescribedProblem['field'];
  /** Whether text between backticks is code: other messages may have them from a name. */
  hasCode: boolean;
}

/** All that is known to be wrong, and how much there is in all. */
export interface IssueListing {
  issues: ListedIssue[];
  count: number;
  /** Whether it is that of prompts or rows, of which no request could be made. */
  isOfRows: boolean;
}

/** What is wrong with the rows that requests are made of; where nothing is, what is wrong with the requests. */
export function listIssues(
  result: InputResult | null,
  describe: (problem: BuildProblem) => DescribedProblem,
  describeIssue: (issue: InputIssue) => string,
): IssueListing {
  if (result && result.problemCount > 0) {
    const issues = result.problems.map((problem): ListedIssue => {
      const { row, line, field, text } = describe(problem);
      return {
        row,
        line,
        field,
        code: problem.code,
        message: text,
        param: null,
        custom_id: null,
        hasCode: true,
      };
    });
    return { issues, count: result.problemCount, isOfRows: true };
  }
  const summary = result?.checked?.summary;
  const issues = (summary?.issues ?? []).map((issue): ListedIssue =>
    Object.assign({}, issue, { message: describeIssue(issue), row: null, field: null, hasCode: false }),
  );
  return { issues, count: summary?.issue_count ?? 0, isOfRows: false };
}
