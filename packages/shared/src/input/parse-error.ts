import { findJsonError } from './json-error-position.ts';

/** Texts beyond this many characters are not searched for their mistake: that takes far longer than refusing them. */
const SEARCHED = 16_000_000;

/** The sentence for a line that `JSON.parse` refused: where, and where it can be told, why. */
export function explainParseError(text: string): string {
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    return `This line is not parseable as valid JSON: it has a NUL byte (column ${nul + 1}).`;
  }
  if (text.length > SEARCHED) return 'This line is not parseable as valid JSON.';
  return `This line is not parseable as valid JSON (column ${findJsonError(text).column}).`;
}
