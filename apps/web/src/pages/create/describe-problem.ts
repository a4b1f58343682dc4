import type { BuildProblem } from '../../create/make-requests.ts';
import type { I18n } from '../../i18n/i18n.tsx';

/** Where a problem of prompts or rows is, and what it is. */
export interface DescribedProblem {
  /** `null`: it is that of a template, or of the whole. */
  row: number | null;
  line: number | null;
  /** The template that it is in. */
  field: 'prompt' | 'system' | 'customId' | null;
  text: string;
}

/** What is wrong with a template, a table or a row, in a sentence. */
export function describeProblem(problem: BuildProblem, t: I18n['t']): DescribedProblem {
  const row = 'row' in problem ? problem.row : null;
  const line = 'line' in problem ? problem.line : null;
  const field = 'field' in problem ? problem.field : null;
  return { row, line, field, text: toText(problem, t) };
}

function toText(problem: BuildProblem, t: I18n['t']): string {
  switch (problem.code) {
    case 'unknown_column':
    case 'ambiguous_column':
      return t(`create.rowProblems.${problem.code}`, problem.column);
    case 'too_few_cells':
    case 'too_many_cells':
      return t(`create.rowProblems.${problem.code}`, problem.cells, problem.columns);
    case 'duplicate_custom_id':
      return t('create.rowProblems.duplicate_custom_id', problem.custom_id, problem.firstRow);
    default:
      return t(`create.rowProblems.${problem.code}`);
  }
}
