import { toDecimal } from '@batchdesk/shared/pricing';
import { stringify } from 'csv-stringify/sync';

/** What stands in the cells of a row; nothing for null. */
export type CsvRow = readonly (string | number | null)[];

const FORM = {
  escape_formulas: true, // a text must not run in a spreadsheet
  record_delimiter: 'windows', // as RFC 4180 has it
  quoted_match: /[\r\n]/,
} as const;

/** The columns of a table: their names, and what stands in them for an item. */
export type CsvColumns<T> = Readonly<Record<string, (item: T) => CsvRow[number]>>;

/** Items as CSV, a row for each. */
export function toCsvRows<T>(columns: CsvColumns<T>, items: readonly T[]): string {
  return toCsv(items.map((item) => Object.values(columns).map((cell) => cell(item))));
}

/** Rows as CSV. */
export function toCsv(rows: readonly CsvRow[]): string {
  return stringify([...rows], FORM);
}

/** US dollars in digits; `null` where they are not known. */
export function toAmount(dollars: number | null | undefined): string | null {
  return dollars == null ? null : toDecimal(dollars);
}

/** Unix seconds as ISO 8601 in UTC, which spreadsheets read as a time: `2026-11-23T07:48:47Z`. */
export function toIsoTime(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1_000).toISOString().replace('.000Z', 'Z');
}
