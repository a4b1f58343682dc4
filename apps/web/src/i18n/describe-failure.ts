import { ERRORS, formatMessage } from '@batchdesk/shared';
import type { ErrorCode } from '@batchdesk/shared';
import type { Failure } from '../api/failure.ts';
import { ERRORS_FR } from './errors-fr.ts';
import type { Language } from './language.ts';
import type { Dictionary } from './en.ts';

/** What went wrong, in a sentence of the page's language. A code that this page does not know keeps the server's. */
export function describeFailure(failure: Failure, language: Language, dictionary: Dictionary): string {
  if (failure.kind === 'unreachable') return dictionary.unreachable;
  const { code, message, details } = failure.error;
  if (!isKnown(code)) return message;
  const template = language === 'fr' ? ERRORS_FR[code] : ERRORS[code].message;
  return formatMessage(template, details ?? {});
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
