import type { FileNeed, FileRole, JobEvent, WaitReason } from '@batchdesk/shared';
import { createPlural } from '../plural.ts';

const plural = createPlural('en');

const waits: Record<WaitReason, string> = {
  token_limit: 'It waits for room: the model has as many tokens enqueued as the provider takes.',
  unknown_limit: 'It waits for a smaller part to find out how much of the model the provider takes at once.',
  backoff: 'It waits: the provider had no room for it and is asked again later.',
  creation_rate:
    'It waits: 2,000 batches were created within the hour, which is all that the provider takes.',
  provider_paused: 'It waits: nothing is sent to the provider until its account works again.',
  retry_later: 'It waits: it could not be sent and is tried again.',
  job_budget: 'It waits: it would cost more than its budget allows. Raise the budget to send it.',
  month_budget: 'It waits: it would cost more than the budget of the month allows.',
  busy: 'It waits for a moment: others are being sent.',
};

const shortWaits: Record<WaitReason, string> = {
  token_limit: 'Waits for room',
  unknown_limit: 'Waits for the limit',
  backoff: 'Waits for room',
  creation_rate: 'Waits for the next hour',
  provider_paused: 'Provider is paused',
  retry_later: 'Is tried again',
  job_budget: 'Held by its budget',
  month_budget: 'Held by the month’s budget',
  busy: 'Is about to be sent',
};

const roles: Record<FileRole, string> = { input: 'Input', output: 'Answers', error: 'Errors' };

const needs: Record<FileNeed, string> = {
  active_batch: 'A batch reads it',
  waiting_submission: 'It is still to be sent',
  results_not_collected: 'Its results are still to be fetched',
  only_copy: 'There is no copy here',
  job_in_progress: 'Its batch is under way',
};

/** What an event carries. */
type EventData = JobEvent['data'];

const number = (value: EventData[string] | undefined) => Number(value ?? 0);
const requests = (count: number) => plural(count, '{n} request', '{n} requests');

/** English: the page of one batch. */
export const batch = {
  title: 'Batch',
  notFound: 'There is no such batch',
  notFoundHint: 'The address may be mistyped, or the batch was deleted.',
  toBatches: 'To all batches',
  id: 'the id',
  runningFor: (time: string) => `running for ${time}`,
  waitingFor: (time: string) => `waiting for ${time}`,
  took: (time: string) => `took ${time}`,
  expiresIn: (time: string) => `expires in ${time}`,
  pastExpiry: (time: string) => `past its window by ${time}`,
  stateIs: (state: string) => `The batch is now: ${state}`,
  waits,
  waitsUntil: (time: string) => `Not before ${time}.`,
  stuck: {
    window: 'The provider takes longer than the completion window. What is finished can still be used.',
    validating: 'The provider has been validating it for unusually long.',
    finalizing: 'The provider has been finalizing it for unusually long.',
    cancelling: 'The provider has been cancelling it for unusually long.',
  },
  stuckHint: 'You can wait, or cancel it: what was answered until then is kept.',

  cancelBatch: 'Cancel batch',
  cancelQuestion: 'Cancel this batch?',
  cancelHint: 'What was answered until then is kept and billed. What was not can be retried later.',
  cancelling: 'Cancelling…',
  cancelled: 'The batch is being cancelled.',
  retryCount: (count: number) => plural(count, 'Retry {n} request', 'Retry {n} requests'),
  retryQuestion: (count: number) => plural(count, 'Send {n} request again?', 'Send {n} requests again?'),
  retryHint: 'Those that did not succeed are sent again and billed as new. Answers that are here stay.',
  retrying: 'Sending again…',
  retried: (count: number) => plural(count, '{n} request is sent again.', '{n} requests are sent again.'),
  moreActions: 'More actions',
  downloadResults: 'Download results',
  downloads: {
    merged: 'All results (JSONL)',
    output: 'Answers (JSONL)',
    error: 'Errors (JSONL)',
    csv: 'All results (CSV)',
  },
  downloadHints: {
    merged: 'A line for each request, in input order',
    output: 'As the provider wrote them',
    error: 'As the provider wrote them',
    csv: 'A row for each request, in input order',
  },
  hindrances: {
    running: 'Nothing was answered yet',
    collecting: 'The results are being fetched',
    nothing: 'There are none',
  },
  deleteBatch: 'Delete…',
  deleteUnfinished: 'Once it has ended',
  deleteQuestion: (name: string) => `Delete ${name}?`,
  deleteHint: 'Its requests, results and history are removed from this server. This cannot be undone.',
  deleteProvider: 'Also delete its files at the provider',
  deleting: 'Deleting…',
  deleted: (name: string) => `${name} was deleted.`,
  copyId: 'Copy id',

  progress: 'Progress',
  answered: 'Answered',
  answeredHint: 'by the provider; not fetched yet',
  share: (share: string) => `${share} done`,
  inputUnknown: 'The requests are being counted.',

  timeline: 'Timeline',
  stages: {
    handed_in: 'Handed in',
    waiting: 'Waiting to be sent',
    validating: 'Validating',
    in_progress: 'In progress',
    finalizing: 'Finalizing',
    cancelling: 'Cancelling',
    collecting: 'Fetching results',
    ended: 'Ended',
  },
  stageStates: {
    done: 'done',
    current: 'now',
    begun: 'in part',
    next: 'to come',
    skipped: 'skipped',
    failed: 'failed',
  },
  instant: (second: string) => `less than ${second}`,

  figures: 'Figures',
  requests: 'Requests',
  inputTokens: 'Input tokens',
  outputTokens: 'Output tokens',
  cachedTokens: (tokens: string) => `${tokens} cached`,
  reasoningTokens: (tokens: string) => `${tokens} reasoning`,
  afterwards: 'known when it has ended',
  estimated: (amount: string) => `about ${amount} expected`,
  costOf: (unpriced: number) =>
    plural(unpriced, '{n} part without a known cost', '{n} parts without a known cost'),
  endpoint: 'Endpoint',
  models: (count: number) => plural(count, 'Model', 'Models'),
  handedIn: 'Handed in',
  madeElsewhere: 'Made elsewhere',
  deadline: 'Deadline',
  budget: 'Budget',
  budgetOf: (committed: string, limit: string) => `${committed} of ${limit}`,
  attempts: 'Attempts',
  attemptsUpTo: (count: number) => plural(count, 'one for each request', 'up to {n} for each request'),

  tabs: {
    requests: 'Requests',
    errors: 'Errors',
    parts: 'Parts',
    files: 'Files',
    activity: 'Activity',
    code: 'Code',
    raw: 'Raw',
  },
  sections: 'Parts of the page',

  part: 'Part',
  partState: 'State',
  partModel: 'Model',
  estimate: 'Estimate',
  estimateValue: (tokens: string) => `${tokens} tokens`,
  place: (position: number) => `place ${position}`,
  shortWaits,
  expiry: 'Expires',
  partStates: {
    planning: 'Being planned',
    planned: 'Planned',
    waiting_for_capacity: 'Waiting',
    uploading: 'Uploading',
    creating: 'Being created',
    submitted: 'Submitted',
    failed: 'Not sent',
    replaced: 'Replaced',
    cancelled: 'Cancelled',
    imported: 'Made elsewhere',
  },
  replacedHint: 'Its requests went to other parts.',
  atLine: (line: number) => `line ${line}`,
  pageOf: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous',
  next: 'Next',
  partsShown: (count: number) =>
    plural(count, 'Only the first part is shown.', 'Only the first {n} parts are shown.'),

  roles,
  needs,
  file: 'File',
  role: 'Content',
  size: 'Size',
  where: 'Where',
  here: 'here',
  atProvider: 'at the provider',
  fileGone: 'gone',
  fileExpired: 'expired there',
  never: 'never',
  noFiles: 'There are no files yet',
  noFilesHint: 'The input appears here when it is sent, the results when the batch has ended.',
  downloadFile: (name: string) => `Download ${name}`,

  noActivity: 'Nothing has happened yet',
  events: {
    job_created: () => 'It was handed in.',
    job_cancelling: ({ reason }: EventData): string =>
      reason === 'deadline'
        ? 'Its deadline has passed: what was left is cancelled.'
        : 'Somebody asked to cancel it.',
    job_retried: (data: EventData) => `Somebody asked to send ${requests(number(data['requests']))} again.`,
    job_finished: ({ status }: EventData): string =>
      status === 'cancelled' ? 'It ended early.' : 'It ended: each request has its outcome.',
    submission_waiting: ({ reason }: EventData) => waits[reason as WaitReason] ?? 'It waits.',
    submission_failed: ({ code }: EventData) => `A part could not be sent${code ? ` (\`${code}\`)` : ''}.`,
    submission_cancelled: () => 'A part was cancelled before it was sent.',
    submission_replaced: (data: EventData) =>
      `The provider refused a part (\`${data['code']}\`): ${requests(number(data['requests']))} went to a new one.`,
    batch_created: () => 'The provider took it.',
    batch_imported: () => 'It was found at the provider.',
    batch_status: (_: EventData, status: string) => `State: ${status}.`,
    batch_progress: (data: EventData) => {
      const failed = number(data['failed']);
      const answered = `${requests(number(data['completed']) + failed)} of ${number(data['total']).toLocaleString('en')} answered`;
      return failed === 0 ? `${answered}.` : `${answered}, ${failed.toLocaleString('en')} failed.`;
    },
    batch_stuck: () => 'The provider takes unusually long.',
    batch_collected: (data: EventData) => {
      const issues = number(data['issues']);
      const fetched = `Its results were fetched: ${number(data['succeeded']).toLocaleString('en')} succeeded`;
      return issues === 0
        ? `${fetched}.`
        : `${fetched}, ${plural(issues, '{n} line is no good.', '{n} lines are no good.')}`;
    },
    batch_uncollectable: () => 'Its results could not be fetched.',
    requests_retried: (data: EventData) => `${requests(number(data['requests']))} of it are sent again.`,
    budget_warned: () => 'Its budget is nearly used up.',
    budget_reached: () => 'Its budget is reached.',
  },

  codeIntro: 'Make a batch like this one, follow this one, and download its results.',
  codeToken: 'If this server asks for an API token, send the header `Authorization: Bearer <API_TOKEN>`.',
  language: 'Language',
  snippets: { create: 'Create one like this', follow: 'Follow this batch', download: 'Download its results' },

  rawJob: 'This batch, as Batchdesk keeps it',
  rawBatch: 'As the provider describes it',
  rawBatches: 'The parts, as the provider describes them',
  rawNoBatch: 'Nothing of it was sent yet.',
  rawCut: (size: string) => `The first 200 kB of ${size}.`,
  rawSome: (shown: number, all: number) => `${shown} of ${all} parts.`,
  rawWhole: 'All of it, from the API',
};
