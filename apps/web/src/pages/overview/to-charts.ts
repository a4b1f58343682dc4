import type { Stats } from '@batchdesk/shared';
import type { Chart, ChartSeries, ChartTone } from '../../components/charts/chart.ts';
import { createSlotFormats } from '../../format/slots.ts';
import type { I18n } from '../../i18n/i18n.tsx';
import { groupOf } from './history-range.ts';
import type { HistoryRange } from './history-range.ts';
import { countOutcomes, toHistory } from './history-rows.ts';
import type { HistoryRow } from './history-rows.ts';

const COUNT_STEPS = [1, 2, 5].flatMap((digit) =>
  Array.from({ length: 14 }, (_, power) => digit * 10 ** power),
);
const MINUTE = 60;
const HOUR = 3_600;
/** Seconds that read well: of minutes, hours and days. */
const TIME_STEPS = [
  1,
  2,
  5,
  10,
  15,
  30,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24, 48, 96, 168, 336].map((hours) => hours * HOUR),
];

interface History {
  range: HistoryRange;
  stats: Stats;
  isLocal: boolean;
}

/** The charts of a range, in the words of the page. */
export function toCharts({ range, stats, isLocal }: History, { t, format, language }: I18n): Chart[] {
  const rows = toHistory(stats.groups ?? [], range);
  const slots = createSlotFormats(language(), range.group_by);
  const shared = {
    timeLabel: t(`charts.times.${range.group_by}`),
    period: t(`charts.ranges.${range.name}`),
    times: range.days.map((day) => ({
      id: groupOf(day, range.group_by),
      label: range.group_by === 'week' ? t('charts.weekOf', slots.long(day)) : slots.long(day),
      short: slots.short(day),
    })),
  };
  const { number, compact, money, duration } = format();
  const series = (
    label: string,
    tone: ChartTone,
    key: Exclude<keyof HistoryRow, 'day'>,
    total: number | null,
  ): ChartSeries => ({
    label,
    tone,
    values: rows.map((row) => row[key]),
    total,
  });
  const { succeeded, failed, unanswered } = countOutcomes(stats);
  const counts = {
    ...shared,
    kind: 'stack',
    steps: COUNT_STEPS.toSorted((a, b) => a - b),
    format: number,
    formatShort: compact,
  } as const;
  return [
    {
      ...counts,
      id: 'requests',
      title: t('charts.requests'),
      series: [
        series(t('charts.succeeded'), 'success', 'succeeded', succeeded),
        series(t('charts.failed'), 'failure', 'failed', failed),
        ...(unanswered > 0 ? [series(t('charts.unanswered'), 'context', 'unanswered', unanswered)] : []),
      ],
    },
    {
      ...shared,
      id: 'cost',
      kind: 'lines',
      title: t(isLocal ? 'charts.costAtOpenai' : 'charts.cost'),
      format: money,
      formatShort: money,
      series: [
        series(t('charts.asBatch'), 'main', 'cost', stats.cost),
        series(t('charts.asCalls'), 'context', 'synchronous', stats.synchronous_cost),
      ],
    },
    {
      ...counts,
      id: 'tokens',
      title: t('charts.tokens'),
      series: [
        series(t('charts.input'), 'context', 'input', stats.usage.input_tokens),
        series(t('charts.output'), 'main', 'output', stats.usage.output_tokens),
      ],
    },
    {
      ...shared,
      id: 'time-to-completion',
      kind: 'lines',
      title: t('charts.timeToCompletion'),
      steps: TIME_STEPS,
      format: duration,
      formatShort: duration,
      series: [
        series(t('charts.median'), 'main', 'median', stats.time_to_completion.median),
        series(t('charts.p95'), 'context', 'p95', stats.time_to_completion.p95),
      ],
    },
  ];
}
