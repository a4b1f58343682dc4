import { BatchdeskError } from '@batchdesk/shared';
import type { ErrorDetails, InputSummary } from '@batchdesk/shared';

/** What the requests of an input are called in errors: lines of a file, or elements of `requests`. */
export type InputPlace = 'line' | 'element';

/** The error of an input that has issues, with every one of them; `null` when there is nothing to refuse. */
export function toRefusal({ issues, issue_count }: InputSummary, place: InputPlace): BatchdeskError | null {
  const first = issues[0];
  if (!first) return null;
  // What is wrong with the whole has no line.
  const where: ErrorDetails = first.line === null ? {} : { place, line: first.line };
  const reason = first.line === null ? first.message : `${place} ${first.line}: ${first.message}`;
  const details = { count: issue_count, ...where, reason };
  const param = first.param === null ? {} : { param: first.param };
  return new BatchdeskError('invalid_input', { ...param, details, issues });
}

/**
 * Refuses an input that has any issue; such a batch never reaches the provider.
 *
 * @throws {BatchdeskError} `invalid_input` with every issue
 */
export function refuseIfWrong(summary: InputSummary, place: InputPlace): void {
  const refusal = toRefusal(summary, place);
  if (refusal) throw refusal;
}
