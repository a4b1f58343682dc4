import { formatMessage } from '@batchdesk/shared';
import type { InputIssue, IssueKind } from '@batchdesk/shared';

/** What is wrong with an input, in a sentence of `sentences`. A kind that they do not know keeps the server's. */
export function describeIssue(
  { kind, details, message }: InputIssue,
  sentences: Record<IssueKind, string> | undefined,
): string {
  if (!sentences || kind === undefined || !Object.hasOwn(sentences, kind)) return message;
  return formatMessage(sentences[kind as IssueKind], details ?? {});
}
