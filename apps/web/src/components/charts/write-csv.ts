import type { Chart } from './chart.ts';

/** A chart as CSV: a row for each time, amounts in plain digits. */
export function writeChartCsv({ timeLabel, times, series }: Chart): string {
  const head = [timeLabel, ...series.map(({ label }) => label)];
  const rows = times.map(({ id }, index) => [id, ...series.map(({ values }) => values[index] ?? null)]);
  return writeCsv([head, ...rows]);
}

/** Rows as CSV (RFC 4180). Texts never run as a formula in a spreadsheet. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
}

function writeCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return writeNumber(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Without an exponent, which amounts of less than a millionth would have. */
function writeNumber(value: number): string {
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : plain;
}
