import type { JobCounts, RequestOutcome } from '@batchdesk/shared';

/** What has become of requests; `answered`: by the provider, and not fetched yet. */
export type ShownOutcome = RequestOutcome | 'answered';

/** The outcomes in the order of the bar: what has ended, then what is on its way. */
const ORDER = [
  'succeeded',
  'failed',
  'expired',
  'missing',
  'cancelled',
  'answered',
  'submitted',
  'pending',
] as const satisfies readonly ShownOutcome[];

/** Requests that have come to the same. */
export interface OutcomeShare {
  outcome: ShownOutcome;
  count: number;
  /** Where it begins on the bar and how long it is, in percent. */
  start: number;
  width: number;
}

/** What has become of all requests of a batch; `answered` of those that are submitted have an answer that is not here yet. */
export function outcomesOf(counts: JobCounts, answered: number): OutcomeShare[] {
  const all = { ...counts, answered, submitted: Math.max(0, counts.submitted - answered) };
  const sum = ORDER.reduce((total, outcome) => total + all[outcome], 0);
  let start = 0;
  return ORDER.map((outcome) => {
    const count = all[outcome];
    const width = sum === 0 ? 0 : (count / sum) * 100;
    const share = { outcome, count, start, width };
    start += width;
    return share;
  });
}
