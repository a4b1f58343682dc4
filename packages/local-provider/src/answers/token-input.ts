import { invalidValue, type RequestProblem } from './request-problem.ts';

/** One text, given as text or as token numbers. */
export type TextOrTokens = string | readonly number[];

/**
 * The inputs in an `input` or `prompt` value, in OpenAI's four shapes: a text, texts, one list of tokens, lists of
 * tokens. Null if it is none of them or if one of them is empty.
 */
export function listInputs(value: unknown): TextOrTokens[] | null {
  if (typeof value === 'string') return value === '' ? null : [value];
  if (!Array.isArray(value) || value.length === 0) return null;
  if (isTokens(value)) return [value];
  const isGood = value.every((item) => (typeof item === 'string' ? item !== '' : isTokens(item)));
  return isGood ? (value as TextOrTokens[]) : null;
}

/** How many inputs a value holds, without checking them: 1 for a text or one list of tokens. */
export function countInputs(value: unknown): number {
  return Array.isArray(value) && typeof value[0] !== 'number' ? value.length : 1;
}

/** The problem with a value that `listInputs` does not take. */
export function invalidInput(param: string): RequestProblem {
  return invalidValue(
    param,
    `Invalid '${param}': expected a non-empty string, an array of them, or arrays of tokens.`,
  );
}

/** Tokens of one input: exact for tokens, a quarter of the bytes for a text. */
export function countInputTokens(input: TextOrTokens): number {
  return typeof input === 'string' ? Math.ceil(Buffer.byteLength(input) / 4) : input.length;
}

/** A text to echo or hash an input by. */
export function inputAsText(input: TextOrTokens): string {
  return typeof input === 'string' ? input : `tokens ${input.join(' ')}`;
}

function isTokens(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => Number.isInteger(item));
}
