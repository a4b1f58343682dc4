import { expect, test } from 'vitest';
import { findLonely, isEmptyChart, pickTicks, toDrawn } from '../../apps/web/src/components/charts/chart.ts';
import type { Chart } from '../../apps/web/src/components/charts/chart.ts';
import { writeChartCsv, writeCsv } from '../../apps/web/src/components/charts/write-csv.ts';

const chart = (values: (number | null)[]): Chart => ({
  id: 'cost',
  title: 'Cost',
  timeLabel: 'Day (UTC)',
  period: '2 days',
  kind: 'lines',
  times: values.map((_, index) => ({ id: `2026-11-0${index + 1}`, label: '', short: '' })),
  series: [{ label: 'As batches, in all', tone: 'main', values, total: null }],
  format: String,
  formatShort: String,
});

test('parts that add up are drawn as their sums from below, and a part of nothing is not drawn', () => {
  expect(
    toDrawn('stack', [
      [1, 2, 0],
      [3, null, 5],
    ]),
  ).toEqual([
    [1, 2, null],
    [4, null, 5],
  ]);
});

test('lines are drawn as they are', () => {
  expect(toDrawn('lines', [[1, null, 0]])).toEqual([[1, null, 0]]);
});

test('a chart of nothing is empty, zeros too', () => {
  expect(isEmptyChart(chart([0, null]))).toBe(true);
  expect(isEmptyChart(chart([0, 0.000001]))).toBe(false);
});

test.each([
  [7, 700, [0, 1, 2, 3, 4, 5, 6]],
  [7, 250, [0, 3, 6]],
  [30, 330, [5, 13, 21, 29]],
  [3, 10, [2]],
])(
  'of %d times an axis of %d pixels names the last one, and as many before it as have room',
  (count, width, named) => {
    expect(pickTicks(count, width, 72)).toEqual(named);
  },
);

test('a value that no line leads to is a point', () => {
  expect(findLonely([1, null, 0, 2, null, null, 3])).toEqual([0, 6]);
  expect(findLonely([0, 0, null])).toEqual([]);
});

test('the file of a chart has a row for each time, plain digits, and nothing where there is nothing', () => {
  expect(writeChartCsv(chart([0.000000125, null]))).toBe(
    'Day (UTC),"As batches, in all"\r\n2026-11-01,0.000000125\r\n2026-11-02,\r\n',
  );
});

test('texts do not run as formulas, and numbers stay numbers', () => {
  expect(writeCsv([['=1+1', '+x', '@y', 'a "b"', -3, null]])).toBe(`'=1+1,'+x,'@y,"a ""b""",-3,\r\n`);
});
