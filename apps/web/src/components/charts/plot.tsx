import { createEffect, on, onCleanup, onMount } from 'solid-js';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { toDrawn } from './chart.ts';
import type { Chart } from './chart.ts';
import type { Colours } from './colours.ts';
import { inDrawingOrder, toPlotOptions } from './plot-options.ts';

interface PlotProps {
  chart: Chart;
  colours: Colours;
  /** The time that is pointed at. */
  pointed: number | null;
  onPoint: (index: number | null) => void;
  /** Gives the canvas, whenever there is a new one. */
  onDrawn: (canvas: HTMLCanvasElement) => void;
}

/** The drawing of a chart, as large as its place. By keyboard it is a slider along time, which says what stands where. */
export function Plot(props: PlotProps) {
  let place: HTMLDivElement | undefined;
  let plot: uPlot | undefined;
  const last = () => props.chart.times.length - 1;
  const at = () => props.pointed ?? last();

  function draw(): void {
    if (!place) return;
    plot?.destroy();
    const { chart, colours } = props;
    const drawn = toDrawn(
      chart.kind,
      chart.series.map(({ values }) => values),
    );
    const data = [
      chart.times.map((_, index) => index),
      ...inDrawingOrder({ kind: chart.kind, series: drawn }),
    ];
    const { clientWidth: width, clientHeight: height } = place;
    const options = toPlotOptions({
      chart,
      colours,
      width,
      height,
      onPoint: (index) => props.onPoint(index),
    });
    plot = new uPlot(options, data as uPlot.AlignedData, place);
    props.onDrawn(plot.ctx.canvas);
  }

  onMount(() => {
    createEffect(on([() => props.chart, () => props.colours], draw));
    const observer = new ResizeObserver(() => {
      if (place && plot && place.clientWidth > 0)
        plot.setSize({ width: place.clientWidth, height: place.clientHeight });
    });
    if (place) observer.observe(place);
    onCleanup(() => observer.disconnect());
  });
  onCleanup(() => plot?.destroy());

  function point(index: number | null): void {
    plot?.setCursor(
      index === null
        ? { left: -10, top: -10 }
        : { left: plot.valToPos(index, 'x'), top: plot.over.clientHeight / 2 },
    );
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = { ArrowLeft: at() - 1, ArrowRight: at() + 1, Home: 0, End: last() }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    point(Math.min(Math.max(next, 0), last()));
  }

  const spoken = () => {
    const { times, series, format } = props.chart;
    const values = series.flatMap(({ label, values: all }) => {
      const value = all[at()];
      return value == null ? [] : [`${label} ${format(value)}`];
    });
    return [times[at()]?.label, ...values].join(', ');
  };

  return (
    <div
      ref={(element) => (place = element)}
      class="chart-plot"
      role="slider"
      tabIndex={0}
      aria-label={props.chart.title}
      aria-valuemin={0}
      aria-valuemax={last()}
      aria-valuenow={at()}
      aria-valuetext={spoken()}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && point(at())}
      onBlur={() => point(null)}
    />
  );
}
