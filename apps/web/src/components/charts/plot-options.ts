import uPlot from 'uplot';
import { findLonely, pickTicks } from './chart.ts';
import type { Chart, ChartSeries } from './chart.ts';
import type { Colours } from './colours.ts';
import { fillOf } from './paint.ts';

const FONT_PX = 11;
const X_AXIS_PX = 28;
const X_LABEL_PX = 72;
const Y_SPACE_PX = 36;
/** Room for the half of the last label. */
const SIDE_PX = 20;
const POINT_PX = 6;
/** Of bars: their share of the room, and what they grow to at most. */
const BAR_SIZE: [number, number] = [0.72, 40];

interface PlotInput {
  chart: Chart;
  colours: Colours;
  width: number;
  height: number;
  /** The time that is pointed at; `null` for none. */
  onPoint: (index: number | null) => void;
}

/** How uPlot draws a chart. Times stand at whole numbers, from 0 on. */
export function toPlotOptions({ chart, colours, width, height, onPoint }: PlotInput): uPlot.Options {
  const font = `${FONT_PX}px ${colours.font}`;
  const axis = { font, stroke: colours.quiet, ticks: { show: false } };
  const last = chart.times.length - 0.5;
  return {
    width,
    height,
    padding: [8, SIDE_PX, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: chart.kind === 'lines' } },
    scales: {
      x: { time: false, range: [-0.5, last] },
      y: { range: (_plot, _low, high) => [0, uPlot.rangeNum(0, high || 1, 0.1, true)[1] ?? 1] },
    },
    axes: [
      {
        ...axis,
        size: X_AXIS_PX,
        grid: { show: false },
        splits: (plot) => pickTicks(chart.times.length, plot.bbox.width / devicePixelRatio, X_LABEL_PX),
        values: (_plot, splits) => splits.map((index) => chart.times[index]?.short ?? ''),
      },
      {
        ...axis,
        gap: 8,
        space: Y_SPACE_PX,
        grid: { stroke: colours.grid, width: 1 },
        ...(chart.steps ? { incrs: [...chart.steps] } : {}),
        values: (_plot, splits) => splits.map((value) => chart.formatShort(value)),
        size: (plot, values) => widestLabel(plot, values ?? [], font),
      },
    ],
    series: [{}, ...inDrawingOrder(chart).map((series) => toSeries(chart.kind, series, colours))],
    hooks: { setCursor: [(plot) => onPoint(plot.cursor.idx ?? null)] },
  };
}

/** The series of a chart in the order that they are drawn in: of a stack the top first, for what is lower lies over it. */
export function inDrawingOrder<T>({ kind, series }: { kind: Chart['kind']; series: readonly T[] }): T[] {
  return kind === 'stack' ? [...series].toReversed() : [...series];
}

function toSeries(kind: Chart['kind'], { tone, values }: ChartSeries, colours: Colours): uPlot.Series {
  const colour = colours.tones[tone];
  if (kind === 'stack') {
    const fill = fillOf(tone, colours, devicePixelRatio);
    const bars = uPlot.paths.bars?.({ size: BAR_SIZE });
    return {
      fill: () => fill,
      width: 0,
      points: { show: false },
      ...(bars ? { paths: bars } : {}),
    };
  }
  return {
    stroke: colour,
    width: 2,
    ...(tone === 'context' ? { dash: [4, 4] } : {}),
    // A time between two without a value has no line.
    points: {
      show: true,
      filter: findLonely(values),
      size: POINT_PX,
      stroke: colour,
      fill: colours.ground,
      width: 2,
    },
  };
}

function widestLabel(plot: uPlot, labels: readonly string[], font: string): number {
  plot.ctx.save();
  plot.ctx.font = font;
  const widths = labels.map((label) => plot.ctx.measureText(label).width);
  plot.ctx.restore();
  return Math.ceil(Math.max(16, ...widths)) + 12;
}
