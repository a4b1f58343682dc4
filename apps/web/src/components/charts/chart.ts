/** How a series looks: what it means, not a colour. */
export type ChartTone = 'main' | 'context' | 'success' | 'failure';

/** One row of values, one for each time; `null` where there is nothing to tell. */
export interface ChartSeries {
  label: string;
  tone: ChartTone;
  values: readonly (number | null)[];
  /** Over all times together, which need not be their sum. */
  total: number | null;
}

/** What a chart shows, in the words of the page. */
export interface Chart {
  /** Of its file names. */
  id: string;
  title: string;
  /** What the first column of its table is called. */
  timeLabel: string;
  /** What all its times are together. */
  period: string;
  /** `stack`: bars of parts that add up. `lines`: values beside each other. */
  kind: 'stack' | 'lines';
  /** What lies along it: in a file, in words, and short, on its axis. */
  times: readonly ChartTime[];
  series: readonly ChartSeries[];
  /** Steps that its axis may have; those of the decimal system when there are none. */
  steps?: readonly number[];
  /** A value in words. */
  format: (value: number) => string;
  /** A value on its axis. */
  formatShort: (value: number) => string;
}

/** A piece of time. */
export interface ChartTime {
  id: string;
  label: string;
  short: string;
}

/** Whether there is nothing to draw. */
export function isEmptyChart({ series }: Pick<Chart, 'series'>): boolean {
  return series.every(({ values }) => values.every((value) => !value));
}

/**
 * What is drawn: lines as they are; of parts that add up their sums from below, so that the first to be drawn is the highest
 * and the next ones lie over it.
 */
export function toDrawn(
  kind: Chart['kind'],
  series: readonly (readonly (number | null)[])[],
): (number | null)[][] {
  if (kind === 'lines') return series.map((values) => [...values]);
  const sums: number[][] = [];
  for (const values of series) {
    const below = sums.at(-1);
    sums.push(values.map((value, index) => (value ?? 0) + (below?.[index] ?? 0)));
  }
  // A part of nothing is left out: its edges would show around what lies over it.
  return sums.map((row, part) => row.map((sum, index) => (series[part]?.[index] ? sum : null)));
}

/** The values that no line leads to or from: there is none beside them. */
export function findLonely(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, index) =>
    value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null
      ? index
      : [],
  );
}

/** Which of so many times are named on an axis that is so wide, in pixels: the last one, and evenly spread ones before it. */
export function pickTicks(count: number, widthPx: number, labelPx: number): number[] {
  const room = Math.max(1, Math.floor(widthPx / labelPx));
  const every = Math.max(1, Math.ceil(count / room));
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (count - 1 - index) % every === 0,
  );
}
