/** One line of the report: a piece of work against its target. */
export interface Line {
  work: string;
  measured: string;
  /** What stands beside it, measured in the same run; empty when the target is a number. */
  yardstick?: string;
  ratio?: number;
  target: string;
  /** `null` when there is no target, or when it was left out and `measured` says why. */
  isMet: boolean | null;
}

const HEADINGS = ['Work', 'Measured', 'Yardstick', 'Ratio', 'Target', 'Met'];

/** The lines as a Markdown table, which is also what the terminal shows. */
export function toTable(lines: readonly Line[]): string {
  const rows = lines.map(({ work, measured, yardstick = '', ratio, target, isMet }) => {
    const met = isMet === null ? '–' : isMet ? 'yes' : '**no**';
    return [work, measured, yardstick, ratio === undefined ? '' : ratio.toFixed(2), target, met];
  });
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]!.length)),
  );
  const toRow = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [HEADINGS, widths.map((width) => '-'.repeat(width)), ...rows].map(toRow).join('\n');
}

/** Millions of bytes, as providers count them. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Milliseconds, with a decimal where they are few. */
export function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** How long something took, and how fast that was. */
export function pace(seconds: number, bytes: number): string {
  return `${seconds.toFixed(2)} s, ${Math.round(bytes / 1e6 / seconds)} MB/s`;
}
