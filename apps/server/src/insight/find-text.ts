/** Characters shown on each side of what was found. */
const AROUND = 80;

/** Where a text was found. */
export interface FoundText {
  /** What was found, with what stands around it. */
  snippet: string;
  /** Where it begins and ends in `snippet`, in UTF-16 code units. */
  match: [start: number, end: number];
}

/** What finds a text as it stands, upper and lower case being the same. */
export function toPattern(text: string): RegExp {
  return new RegExp(RegExp.escape(text), 'iu');
}

/** Finds a pattern in a text, the first time that it is there; `null` when it is not. */
export function findText(text: string, pattern: RegExp): FoundText | null {
  const found = pattern.exec(text);
  if (!found) return null;
  const end = found.index + found[0].length;
  const from = Math.max(0, found.index - AROUND);
  const to = end + AROUND;
  const before = from > 0 ? '…' : '';
  const moved = before.length - from;
  return {
    snippet: `${before}${text.slice(from, to).toWellFormed()}${to < text.length ? '…' : ''}`,
    match: [found.index + moved, end + moved],
  };
}
