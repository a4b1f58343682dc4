import { For } from 'solid-js';
import { useI18n } from '../../i18n/i18n.tsx';
import type { Chart } from './chart.ts';

/** The numbers behind a chart, the latest first. It is there for screen readers when nobody sees it, too. */
export function ChartTable(props: { chart: Chart; isShown: boolean }) {
  const i18n = useI18n();
  const latestFirst = () => props.chart.times.map((time, index) => ({ time, index })).toReversed();
  const cell = (value: number | null | undefined) =>
    value == null ? i18n.t('common.none') : props.chart.format(value);
  return (
    <div
      class={props.isShown ? 'chart-table' : 'visually-hidden'}
      {...(props.isShown ? { tabIndex: 0, role: 'region', 'aria-label': props.chart.title } : {})}
    >
      <table class="table">
        <caption class="visually-hidden">{props.chart.title}</caption>
        <thead>
          <tr>
            <th scope="col">{props.chart.timeLabel}</th>
            <For each={props.chart.series}>
              {(series) => (
                <th scope="col" class="number">
                  {series.label}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={latestFirst()}>
            {({ time, index }) => (
              <tr>
                <th scope="row">{time.label}</th>
                <For each={props.chart.series}>
                  {(series) => <td class="number">{cell(series.values[index])}</td>}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}
