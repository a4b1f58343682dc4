import { formatMessage } from '@batchdesk/shared';
import type { ErrorCode, ErrorDetails, ErrorObject } from '@batchdesk/shared';
import type { Failure } from '../api/failure.ts';
import { describeIssue } from './describe-issue.ts';
import type { Dictionary, PageTexts } from './dictionary.ts';

/** What went wrong, in a sentence of the page's language. A code that this page does not know keeps the server's. */
export function describeFailure(
  failure: Failure,
  { errors, texts }: Dictionary,
  pageTexts: PageTexts | null,
): string {
  if (failure.kind === 'unreachable') return texts.common.unreachable;
  if (failure.kind === 'broken') return texts.common.broken;
  const { code, message } = failure.error;
  const template = Object.hasOwn(errors, code) ? errors[code as ErrorCode] : undefined;
  return template === undefined ? message : formatMessage(template, detailsOf(failure.error, pageTexts));
}

/** The details of an error; what is wrong with an input comes first with a sentence of its own. */
function detailsOf({ code, details = {}, issues }: ErrorObject, pageTexts: PageTexts | null): ErrorDetails {
  const [first] = issues ?? [];
  if (code !== 'invalid_input' || !first || !pageTexts || details['place'] === 'element') return details;
  const sentence = describeIssue(first, pageTexts.issues);
  const reason = first.line === null ? sentence : pageTexts.create.issueAt(first.line, sentence);
  return { ...details, reason };
}
