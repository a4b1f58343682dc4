/** A place of a template that cannot be filled. */
export interface TemplateProblem {
  code: 'unknown_column' | 'ambiguous_column' | 'unclosed_place';
  /** What stands between the braces; of one that is not closed, nothing. */
  column: string;
  /** Where it starts and ends in the text of the template, in UTF-16 characters. */
  start: number;
  end: number;
}

/** What is put into a template: the cells in the order of the columns, and the 1-based number of the row. */
export interface TemplateRow {
  row: number;
  cells: readonly string[];
}

/** A text with places, parsed once for many rows. */
export interface Template {
  /** The text with the values of a row in its places, as they are: braces in a value are no places. */
  render(row: TemplateRow): string;
}

/** An escaped opening, a place, or an opening without its end. */
const PLACES = /\\\{\{|\{\{([^{}]*)\}\}|\{\{/g;
/** The place that has the number of the row, whatever the columns are called. */
const ROW = 'row';

/**
 * Parses a text with places: `{{column}}` has the cell of that column, `{{row}}` the number of the row. Spaces inside the
 * braces count for nothing, `\{{` is two braces. Places that cannot be filled are told all at once.
 */
export function parseTemplate(
  text: string,
  columns: readonly string[],
): { template: Template } | { problems: TemplateProblem[] } {
  const parts: (string | ((row: TemplateRow) => string))[] = [];
  const problems: TemplateProblem[] = [];
  let end = 0;
  for (const match of text.matchAll(PLACES)) {
    const [whole, inside] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (whole.startsWith('\\')) {
      parts.push('{{');
      continue;
    }
    const column = inside?.trim() ?? '';
    const code = inside === undefined ? 'unclosed_place' : findProblem(column, columns);
    if (code) problems.push({ code, column, start: match.index, end });
    else parts.push(column === ROW ? ({ row }) => String(row) : toCell(columns.indexOf(column)));
  }
  parts.push(text.slice(end));
  if (problems.length > 0) return { problems };
  const render = (row: TemplateRow) =>
    parts.map((part) => (typeof part === 'string' ? part : part(row))).join('');
  return { template: { render } };
}

/** The template that gives a text as it is. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('{{', '\\{{');
}

function findProblem(column: string, columns: readonly string[]): TemplateProblem['code'] | null {
  if (column === ROW) return null;
  const first = columns.indexOf(column);
  if (first === -1 || column === '') return 'unknown_column';
  return first === columns.lastIndexOf(column) ? null : 'ambiguous_column';
}

function toCell(index: number): (row: TemplateRow) => string {
  return ({ cells }) => cells[index] ?? '';
}
