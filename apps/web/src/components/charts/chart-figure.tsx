import Ellipsis from 'lucide-solid/icons/ellipsis';
import { Show, createSignal } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import { Menu } from '../menu.tsx';
import { isEmptyChart } from './chart.ts';
import type { Chart } from './chart.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartTable } from './chart-table.tsx';
import './charts.css';
import type { Colours } from './colours.ts';
import { drawPng } from './draw-png.ts';
import { Plot } from './plot.tsx';
import { saveFile } from './save-file.ts';
import { writeChartCsv } from './write-csv.ts';

/** A chart with its name, its legend and the numbers behind it, and what can be taken away of it. */
export function ChartFigure(props: { chart: Chart; colours: Colours; empty: string }) {
  const i18n = useI18n();
  const [pointed, setPointed] = createSignal<number | null>(null);
  const [isTable, setIsTable] = createSignal(false);
  let canvas: HTMLCanvasElement | undefined;
  const time = () => props.chart.times[pointed() ?? -1]?.label;
  const isEmpty = () => isEmptyChart(props.chart);

  function saveCsv(): void {
    saveFile(new Blob([writeChartCsv(props.chart)], { type: 'text/csv' }), `${props.chart.id}.csv`);
  }

  async function savePng(): Promise<void> {
    const picture = canvas && (await drawPng(props.chart, canvas, props.colours));
    if (picture) saveFile(picture, `${props.chart.id}.png`);
  }

  const items = () => [
    {
      label: i18n.t(isTable() ? 'charts.showChart' : 'charts.showTable'),
      onSelect: () => {
        setPointed(null);
        setIsTable(!isTable());
      },
    },
    { label: i18n.t('charts.downloadCsv'), onSelect: saveCsv },
    { label: i18n.t('charts.downloadPng'), onSelect: () => void savePng(), isDisabled: isTable() },
  ];

  return (
    <figure class="chart">
      <figcaption class="chart-head">
        <h3>{props.chart.title}</h3>
        <span class="chart-when quiet" aria-hidden="true">
          {time()}
        </span>
        <Show when={!isEmpty()}>
          <Menu
            class="icon-button"
            label={i18n.t('charts.menuOf', props.chart.title)}
            trigger={<Ellipsis aria-hidden="true" />}
            items={items()}
          />
        </Show>
      </figcaption>
      <Show when={!isEmpty()} fallback={<p class="chart-empty quiet">{props.empty}</p>}>
        <ChartLegend chart={props.chart} pointed={pointed()} />
        <Show when={!isTable()}>
          <Plot
            chart={props.chart}
            colours={props.colours}
            pointed={pointed()}
            onPoint={setPointed}
            onDrawn={(drawn) => (canvas = drawn)}
          />
        </Show>
        <ChartTable chart={props.chart} isShown={isTable()} />
      </Show>
    </figure>
  );
}
