/** A row of a table. */
export interface TableRow {
  /** 1-based, as `{{row}}` has it: neither the header nor blank rows are counted. */
  row: number;
  /** 1-based line of the file or text at which it starts. */
  line: number;
  /** As many as there are columns. */
  cells: readonly string[];
}

/** What is wrong with a row, or with the whole. The header is row 0. */
export type TableProblem =
  | { code: 'too_few_cells' | 'too_many_cells'; row: number; line: number; cells: number; columns: number }
  /** A quote inside a quoted cell that is not doubled. */
  | { code: 'bad_quotes'; row: number; line: number }
  /** A quoted cell that goes on to the end of the file, or beyond what a request may have. Nothing behind it is read. */
  | { code: 'unclosed_quote'; row: number; line: number }
  /** Some bytes at or behind this line are no UTF-8. */
  | { code: 'not_utf8'; line: number }
  /** There is not even a header. */
  | { code: 'no_columns' }
  | { code: 'no_rows' };

/** Some rows of a table, in order. */
export interface TablePortion {
  /** Names of the columns, the same in each portion; spaces around them are gone. */
  columns: readonly string[];
  rows: TableRow[];
  problems: TableProblem[];
  /** Bytes read so far; of a text that is there already, characters. */
  read: number;
}

/** The start of a table. */
export type TableHead = Omit<TablePortion, 'read'>;
