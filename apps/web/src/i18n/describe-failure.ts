import { formatMessage } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import type { Failure } from '../api/failure.ts';
import type { Dictionary } from './dictionary.ts';

/** What went wrong, in a sentence of the page's language. A code that this page does not know keeps the server's. */
export function describeFailure(failure: Failure, { errors, texts }: Dictionary): string {
  if (failure.kind === 'unreachable') return texts.common.unreachable;
  const { code, message, details } = failure.error;
  const template = Object.hasOwn(errors, code) ? errors[code as ErrorCode] : undefined;
  return template === undefined ? message : formatMessage(template, details ?? {});
}
