import { parse } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';

/** Where a JSON text goes wrong; `position` is 0-based, `line` and `column` are 1-based. */
export interface JsonErrorPosition {
  position: number;
  line: number;
  column: number;
}

/**
 * Finds where `text` stops being JSON. For texts that `JSON.parse` refused: engines report the position in some
 * messages only, and each in its own words. Texts nested beyond the stack are reported at their start.
 */
export function findJsonError(text: string): JsonErrorPosition {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const position = errors[0]?.offset ?? 0;
  const before = text.slice(0, position);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { position, line: before.split('\n').length, column: position - lineStart + 1 };
}
