import { LIMITS } from '@batchdesk/shared/input';
import Papa from 'papaparse';

/** A row of CSV as it stands in the text, blank ones included. */
export interface CutRow {
  cells: string[];
  /** 1-based line at which it starts. */
  line: number;
  problem: 'bad_quotes' | 'unclosed_quote' | null;
}

/** Cuts CSV into rows as its text comes in, keeping no more than the unfinished one and a portion. */
export interface CsvCutter {
  /** Takes the next text; returns the rows that are complete. */
  feed(text: string): CutRow[];
  /** Ends the text: the last row needs no line break. */
  finish(): CutRow[];
  /** The line at which what has not been returned yet starts. */
  readonly line: number;
}

/** Characters that are gathered before they are cut: of the first portion the delimiter is guessed. */
const PORTION_CHARACTERS = 131_072;
/** Rows by which the delimiter is guessed. */
const GUESSED_ROWS = 10;

/** Guesses the delimiter: comma, tab, `|` or `;`. Quotes and line breaks are as RFC 4180 has them, LF or CR alone too. */
export function createCsvCutter(): CsvCutter {
  let parser: Papa.Parser | null = null;
  let lineBreak = '\n';
  let rest = '';
  let wanted = PORTION_CHARACTERS;
  let line = 1;
  /** No request can be made of a row this long: nothing more is cut. */
  let isBroken = false;

  function cut(isEnd: boolean): CutRow[] {
    if (rest === '') return [];
    parser ??= guess(rest);
    const { data, errors, meta } = parser.parse(rest, 0, !isEnd) as Papa.ParseResult<string[]>;
    rest = rest.slice(meta.cursor);
    // A row that does not end is not read again with every portion, or it would take for ever.
    wanted = Math.max(PORTION_CHARACTERS, 2 * rest.length);
    const problems = new Map(errors.map(({ row, code }) => [row, code]));
    return data.map((cells, index) => toRow(cells, problems.get(index)));
  }

  function guess(first: string): Papa.Parser {
    const newline = !first.includes('\n') && first.includes('\r') ? '\r' : '\n';
    lineBreak = newline;
    const { delimiter } = Papa.parse(first, { newline, preview: GUESSED_ROWS, skipEmptyLines: true }).meta;
    return new Papa.Parser({ delimiter, newline });
  }

  function toRow(cells: string[], error: string | undefined): CutRow {
    const start = line;
    line += 1;
    for (const cell of cells) line += countIn(cell, lineBreak);
    const last = cells.at(-1);
    if (lineBreak === '\n' && last?.endsWith('\r')) cells[cells.length - 1] = last.slice(0, -1);
    if (error === undefined) return { cells, line: start, problem: null };
    return { cells, line: start, problem: error === 'MissingQuotes' ? 'unclosed_quote' : 'bad_quotes' };
  }

  return {
    get line() {
      return line;
    },
    feed(text) {
      if (isBroken) return [];
      rest += text;
      if (rest.length < wanted) return [];
      const rows = cut(false);
      isBroken = rest.length > LIMITS.lineBytes;
      if (!isBroken) return rows;
      rest = '';
      return [...rows, { cells: [], line, problem: 'unclosed_quote' }];
    },
    finish: () => cut(true),
  };
}

function countIn(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
