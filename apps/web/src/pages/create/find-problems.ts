import type { Draft } from '../../create/draft.ts';
import type { InputErrorCode } from '../../create/input-error.ts';
import type { FileSlot } from '../../create/keep-file.ts';
import type { BuildProblem } from '../../create/make-requests.ts';
import { readJobOptions, readTarget } from '../../create/read-draft.ts';
import type { DraftProblems } from '../../create/read-draft.ts';
import type { InputState } from './create-input.ts';

type OfDraft = {
  [Field in keyof DraftProblems]-?: `${Field}_${NonNullable<DraftProblems[Field]>}`;
}[keyof DraftProblems];

/** What keeps a form from being sent; the page has a sentence for each. */
export type ProblemKey =
  | OfDraft
  | 'prompts_none'
  | 'model_none'
  | 'csv_none'
  | 'rows_wrong'
  | 'file_none'
  | 'jsonl_none'
  | 'jsonl_too_long'
  | 'fileId_none'
  | 'lines_wrong'
  | InputErrorCode;

/** A field of the form, or the list of what is wrong with the input. */
export type ProblemField =
  | keyof DraftProblems
  | 'prompts'
  | 'model'
  | 'csv'
  | 'file'
  | 'jsonl'
  | 'fileId'
  | 'issues'
  | 'input';

/** What is wrong, and where it is mended. */
export interface FormProblem {
  field: ProblemField;
  key: ProblemKey;
}

/** All that a form holds. */
interface FormState {
  draft: Draft;
  files: Record<FileSlot, File | null>;
  input: InputState;
  /** Whether rows with a problem are to be left out. */
  leavesOut: boolean;
  nowMs: number;
}

/** The fields under "Options". */
export const OPTION_FIELDS: readonly ProblemField[] = [
  'maxTokens',
  'metadata',
  'attempts',
  'codes',
  'budget',
  'deadline',
];

/** What keeps a form from being sent, in the order of the page. Empty: it can be sent, or is still being checked. */
export function findProblems({ draft, files, input, leavesOut, nowMs }: FormState): FormProblem[] {
  const isMade = draft.mode === 'simple' || draft.mode === 'csv';
  const problems: FormProblem[] = [];
  const add = (field: ProblemField, key: ProblemKey) => problems.push({ field, key });

  if (isMade && draft.model.trim() === '') add('model', 'model_none');
  if (draft.mode === 'simple' && draft.prompts.trim() === '') add('prompts', 'prompts_none');
  if (draft.mode === 'csv' && !files.csv) add('csv', 'csv_none');
  if (draft.mode === 'file' && !files.file) add('file', 'file_none');
  if (draft.mode === 'paste' && draft.jsonl.trim() === '') add('jsonl', 'jsonl_none');
  if (draft.mode === 'file_id' && draft.fileId.trim() === '') add('fileId', 'fileId_none');

  if (input.status === 'too_long') add('jsonl', 'jsonl_too_long');
  if (input.status === 'failed' && input.failure) add('input', input.failure);
  if (input.status === 'done' && input.result) {
    const { result } = input;
    if (result.problemCount > 0 && !(leavesOut && canLeaveOut(result))) add('issues', 'rows_wrong');
    else if ((result.checked?.summary.issue_count ?? 0) > 0) add('issues', 'lines_wrong');
  }

  const target = readTarget(draft);
  if (isMade && 'problems' in target) addAll(target.problems);
  const options = readJobOptions(draft, draft.endpoint, nowMs);
  if ('problems' in options) addAll(options.problems);
  return problems;

  function addAll(found: DraftProblems): void {
    for (const [field, code] of Object.entries(found)) {
      add(field as ProblemField, `${field}_${code}` as ProblemKey);
    }
  }
}

/** Whether what is wrong is wrong with single rows, and there are others. */
export function canLeaveOut({ problems, requestCount }: NonNullable<InputState['result']>): boolean {
  return requestCount > 0 && problems.every(isOfRow);
}

/** Whether a problem is that of one row, so that the others could go without it. */
function isOfRow(problem: BuildProblem): boolean {
  return 'row' in problem && problem.row > 0 && problem.code !== 'unclosed_quote';
}
