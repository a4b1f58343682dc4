import { For, Show } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Chart, ChartTone } from './chart.ts';

/** What is drawn how, with the values of the time that is pointed at, or of all times together. */
export function ChartLegend(props: { chart: Chart; pointed: number | null }) {
  const i18n = useI18n();
  return (
    <div class="chart-legend" aria-hidden="true">
      <For each={props.chart.series}>
        {(series) => {
          const value = () =>
            props.pointed === null ? series.total : (series.values[props.pointed] ?? null);
          return (
            <span class="chart-key">
              <Swatch tone={series.tone} kind={props.chart.kind} />
              <span class="quiet">{series.label}</span>
              <Show when={value() !== null} fallback={<span>{i18n.t('common.none')}</span>}>
                <span>{props.chart.format(value() ?? 0)}</span>
              </Show>
            </span>
          );
        }}
      </For>
    </div>
  );
}

function Swatch(props: { tone: ChartTone; kind: Chart['kind'] }) {
  return (
    <svg class={`chart-swatch chart-${props.tone}`} viewBox="0 0 12 12">
      <Show when={props.kind === 'stack'} fallback={<path class="chart-line" d="M0 6h12" />}>
        <rect width="12" height="12" rx="2" />
        <Show when={props.tone === 'failure'}>
          <path class="chart-hatch" d="M0 6 6 0M0 12 12 0M6 12l6-6" />
        </Show>
      </Show>
    </svg>
  );
}
