import type { Stats } from '@batchdesk/shared';
import { Index, createMemo } from 'solid-js';
import { ChartFigure } from '../../components/charts/chart-figure.tsx';
import { createColours } from '../../components/charts/colours.ts';
import { useI18n } from '../../i18n/i18n.tsx';
import type { HistoryRange } from './history-range.ts';
import { toCharts } from './to-charts.ts';

interface HistoryChartsProps {
  range: HistoryRange;
  stats: Stats;
  /** Whether nothing of it is billed. */
  isLocal: boolean;
}

/** The charts over time. */
export function HistoryCharts(props: HistoryChartsProps) {
  const i18n = useI18n();
  const colours = createColours();
  const charts = createMemo(() => toCharts(props, i18n));
  return (
    <div class="history-charts">
      <Index each={charts()}>
        {(chart) => <ChartFigure chart={chart()} colours={colours()} empty={i18n.t('charts.empty')} />}
      </Index>
    </div>
  );
}
