import { createPlural } from '../plural.ts';

const plural = createPlural('en');

/** English: the charts over time. */
export const charts = {
  title: 'Over time',
  range: 'Time',
  ranges: { '7d': '7 days', '30d': '30 days', '90d': '13 weeks', '12m': '12 months' },
  times: { day: 'Day (UTC)', week: 'Week (UTC)', month: 'Month (UTC)' },
  weekOf: (day: string) => `Week of ${day}`,
  ofLocal: 'Batches of the local provider, by when they were created (UTC).',
  ofOpenai: 'Batches at the provider, by when they were created (UTC).',
  unpriced: (count: number) =>
    plural(
      count,
      'The cost of {n} batch is not known and left out.',
      'The costs of {n} batches are not known and left out.',
    ),
  requests: 'Requests',
  succeeded: 'Succeeded',
  failed: 'Failed',
  unanswered: 'Unanswered',
  cost: 'Cost',
  costAtOpenai: 'Cost at OpenAI',
  asBatch: 'As batches',
  asCalls: 'As single calls',
  tokens: 'Tokens',
  input: 'Input',
  output: 'Output',
  timeToCompletion: 'Time to completion',
  median: 'Median',
  p95: '95 of 100 within',
  empty: 'Nothing in this time.',
  menuOf: (title: string) => `Chart “${title}”: more`,
  showTable: 'Show as table',
  showChart: 'Show as chart',
  downloadCsv: 'Download CSV',
  downloadPng: 'Download PNG',
};
