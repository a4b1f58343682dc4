import { stringify } from 'csv-stringify/sync';

/** What stands in the cells of a row; nothing for null. */
export type CsvRow = readonly (string | number | null)[];

const FORM = {
  escape_formulas: true, // a text must not run in a spreadsheet
  record_delimiter: 'windows', // as RFC 4180 has it
  quoted_match: /[\r\n]/,
} as const;

/** Rows as CSV. */
export function toCsv(rows: readonly CsvRow[]): string {
  return stringify([...rows], FORM);
}

/** US dollars in decimals, never as 1e-7; `null` where they are not known. */
export function toDecimal(dollars: number | null | undefined): string | null {
  return dollars?.toFixed(10).replace(/\.?0+$/, '') ?? null;
}

/** Unix seconds as ISO 8601 in UTC, which spreadsheets read as a time: `2026-11-23T07:48:47Z`. */
export function toIsoTime(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}
