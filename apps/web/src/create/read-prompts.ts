import type { TablePortion, TableRow } from './table.ts';

/** The column of a table that is made of prompts. */
export const PROMPT_COLUMNS = ['prompt'] as const;

const PORTION_ROWS = 10_000;

/** The prompts of a text, one a line, without spaces around them; blank lines are none. A row each, of one cell. */
export function* readPrompts(text: string): Generator<TablePortion> {
  let rows: TableRow[] = [];
  let row = 0;
  let line = 0;
  let start = 0;
  const portion = () => ({ columns: PROMPT_COLUMNS, rows, problems: [], read: start });
  while (start < text.length) {
    const end = findLineEnd(text, start);
    const prompt = text.slice(start, end).trim();
    line += 1;
    start = end + 1;
    if (prompt === '') continue;
    row += 1;
    rows.push({ row, line, cells: [prompt] });
    if (rows.length < PORTION_ROWS) continue;
    yield portion();
    rows = [];
  }
  if (rows.length > 0) yield portion();
  if (row === 0) yield { columns: PROMPT_COLUMNS, rows: [], problems: [{ code: 'no_rows' }], read: start };
}

/** How many prompts a text has. */
export function countPrompts(text: string): number {
  let count = 0;
  for (const { rows } of readPrompts(text)) count += rows.length;
  return count;
}

function findLineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
