import type { Job, WaitReason } from '@batchdesk/shared';
import { createPlural } from '../plural.ts';

const plural = createPlural('en');

const stuck: Record<NonNullable<Job['stuck']>, string> = {
  window: 'takes longer than its completion window',
  validating: 'has been validating unusually long',
  finalizing: 'has been finalizing unusually long',
  cancelling: 'has been cancelling unusually long',
};

const waiting: Record<WaitReason, string> = {
  token_limit: 'waits for room among the enqueued tokens of its model',
  unknown_limit: 'waits while it is found out how much its model takes',
  backoff: 'waits because the provider had no room for it',
  creation_rate: 'waits because 2,000 batches were created within the hour',
  provider_paused: 'waits until the provider takes batches again',
  retry_later: 'could not be sent and is tried again',
  job_budget: 'is held by its budget',
  month_budget: 'is held by the month’s budget',
  busy: 'waits for others that are being sent',
};

/** English: what there is, and what it needs. */
export const overview = {
  totals: 'Statistics',
  totalsHint: 'Since the first; each part counts',
  batches: 'Batches at the provider',
  requests: 'Requests',
  completed: 'completed',
  failed: 'failed',
  tokens: 'Tokens',
  inputTokens: 'input',
  outputTokens: 'output',
  prices: 'Prices',

  attention: 'Needs attention',
  nothingToAttend: 'Nothing needs attention.',
  moreToAttend: (count: number) => plural(count, 'Show {n} more', 'Show {n} more'),
  noKey: 'The provider has no API key: nothing can be sent.',
  paused: (since: string) => `Nothing has been sent to the provider since ${since}.`,
  trouble: (since: string) => `The provider has not answered as it should since ${since}.`,
  budgetReached: 'The budget of the month is reached.',
  budgetHolds: (count: number) =>
    plural(
      count,
      'The budget of the month is reached; {n} batch is held.',
      'The budget of the month is reached; {n} batches are held.',
    ),
  stuck,
  expiring: (duration: string) => `expires in ${duration}; what is not answered by then can be retried`,
  expiringNow: 'is about to expire; what is not answered can be retried',
  waiting,
  waitingUntil: (reason: string, time: string) => `${reason}, until about ${time}`,
  ended: { failed: 'failed', expired: 'expired before every request was answered' },
  errors: (count: number, total: string) =>
    plural(
      count,
      `has {n} request of ${total} without success`,
      `has {n} requests of ${total} without success`,
    ),
  actions: {
    provider: 'Provider',
    budget: 'Budget',
    limits: 'Limits',
    errors: 'Errors',
    open: 'Open',
  },
  actionFor: (action: string, name: string) => `${action}: ${name}`,

  underWay: 'Under way',
  nothingUnderWay: 'No batch is under way.',
  newestShown: (count: number) => plural(count, 'The newest one is shown.', 'The newest {n} are shown.'),
  allBatches: 'All batches',
  columns: { name: 'Batch', state: 'State', progress: 'Progress', elapsed: 'Elapsed', expires: 'Expires in' },

  firstTitle: 'No batches yet',
  firstHint:
    'A batch is many requests handed in together: within 24 hours each has its answer, or the reason why not, at half the price.',
  sample: 'Try a sample batch',
  sampleLocal: 'The sample has three requests; the local provider answers them in seconds and bills nothing.',
  sampleOpenai: 'The sample has three short requests to `gpt-4o-mini`; they cost less than a cent.',
  sampleName: 'Sample',
  samplePrompts: {
    first: 'What is the capital of France?',
    second: 'Explain photosynthesis in one sentence.',
    third: 'Translate “Good morning” into Spanish.',
  },
  sampleSending: 'Creating the sample batch…',
  sampleSent: 'The sample batch is created.',
};
