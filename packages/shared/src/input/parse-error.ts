import type { RequestProblem } from './check-request.ts';
import { findJsonError } from './json-error-position.ts';

/** Texts beyond this many characters are not searched for their mistake: that takes far longer than refusing them. */
const SEARCHED = 16_000_000;

/** What is wrong with a line that `JSON.parse` refused: where, and where it can be told, why. */
export function explainParseError(text: string): RequestProblem {
  const nul = text.indexOf('\0');
  if (nul !== -1) return { kind: 'nul_byte', param: null, details: { column: nul + 1 } };
  if (text.length > SEARCHED) return { kind: 'not_json', param: null };
  return { kind: 'not_json_at', param: null, details: { column: findJsonError(text).column } };
}
