import type { InputIssue } from '@batchdesk/shared';
import { writeCsv } from '../../components/charts/write-csv.ts';

/** What is wrong with an input, as CSV. */
export function writeIssues(issues: readonly InputIssue[]): string {
  const rows = issues.map(({ line, custom_id, code, param, message }) => [
    line,
    custom_id,
    code,
    param,
    message,
  ]);
  return writeCsv([['line', 'custom_id', 'code', 'param', 'message'], ...rows]);
}
