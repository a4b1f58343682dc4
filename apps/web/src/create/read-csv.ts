import { createCsvCutter } from './cut-csv.ts';
import type { CutRow } from './cut-csv.ts';
import { readChunks } from './read-chunks.ts';
import type { TableHead, TablePortion, TableProblem, TableRow } from './table.ts';

/**
 * Reads CSV of any size a portion at a time: UTF-8, with or without a byte order mark, its first row the header. Blank rows
 * are left out, and so are rows that have another number of cells than the header, or wrong quotes, which are told as problems.
 * Throws an `InputError` when the file cannot be read.
 */
export async function* readCsv(csv: Blob): AsyncGenerator<TablePortion> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const cutter = createCsvCutter();
  const table = createTable();
  let read = 0;
  let isUtf8 = true;
  for await (const chunk of readChunks(csv)) {
    const text = decode(decoder, chunk);
    read += chunk.length;
    isUtf8 = text !== null;
    if (text === null) break;
    const portion = table.add(cutter.feed(text));
    if (portion) yield { ...portion, read };
  }
  isUtf8 &&= decode(decoder) !== null;
  const last = table.add(cutter.finish());
  if (last) yield { ...last, read };
  const problem: TableProblem | null = isUtf8 ? table.finish() : { code: 'not_utf8', line: cutter.line };
  if (problem) yield { columns: last?.columns ?? [], rows: [], problems: [problem], read };
}

/** The columns and the first rows of CSV. */
export async function readHead(csv: Blob, count: number): Promise<TableHead> {
  const head: TableHead = { columns: [], rows: [], problems: [] };
  for await (const { columns, rows, problems } of readCsv(csv)) {
    head.columns = columns;
    head.rows.push(...rows.slice(0, count - head.rows.length));
    head.problems.push(...problems.slice(0, count));
    if (head.rows.length + head.problems.length >= count) break;
  }
  return head;
}

/** The text of some bytes, `null` when they are no UTF-8. */
function decode(decoder: TextDecoder, bytes?: Uint8Array<ArrayBuffer>): string | null {
  try {
    return decoder.decode(bytes, { stream: bytes !== undefined });
  } catch {
    return null;
  }
}

/** Takes the header from cut rows, numbers the others, and finds those that do not fit it. */
function createTable() {
  let columns: readonly string[] | null = null;
  let row = 0;

  function add(cut: readonly CutRow[]): TableHead | null {
    const rows: TableRow[] = [];
    const problems: TableProblem[] = [];
    for (const { cells, line, problem } of cut) {
      if (problem === null && cells.every((cell) => cell.trim() === '')) continue;
      if (columns === null) {
        columns = cells.map((cell) => cell.trim());
        if (problem !== null) problems.push({ code: problem, row, line });
        continue;
      }
      row += 1;
      const place = { row, line };
      const count = columns.length;
      if (problem !== null) problems.push({ code: problem, ...place });
      else if (cells.length === count) rows.push({ ...place, cells });
      else {
        const code = cells.length < count ? 'too_few_cells' : 'too_many_cells';
        problems.push({ code, ...place, cells: cells.length, columns: count });
      }
    }
    return columns && { columns, rows, problems };
  }

  /** What is wrong with the whole. */
  function finish(): TableProblem | null {
    if (row > 0) return null;
    return { code: columns ? 'no_rows' : 'no_columns' };
  }

  return { add, finish };
}
