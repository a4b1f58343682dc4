import type { BatchStatus } from '@batchdesk/shared';
import { costsEn } from './costs-en.ts';
import { createPlural } from './plural.ts';

const plural = createPlural('en');

const status: Record<BatchStatus, string> = {
  validating: 'Validating',
  in_progress: 'In progress',
  finalizing: 'Finalizing',
  completed: 'Completed',
  failed: 'Failed',
  expired: 'Expired',
  cancelling: 'Cancelling',
  cancelled: 'Cancelled',
};

/** What the page says in English. Text between backticks is shown as code. */
export const en = {
  ...costsEn,
  skipToContent: 'Skip to content',
  apiDocs: 'API docs',
  language: 'Language',
  loading: 'Loading…',

  provider: 'Provider',
  localProvider: 'Local provider: answers are made on this machine and no model is called.',
  localProviderHint: 'To use OpenAI, set `OPENAI_API_KEY` in `.env` and restart the server.',
  noKey: 'API key not configured.',
  noKeyHint:
    'Set `OPENAI_API_KEY` in `.env` and restart the server, or remove `PROVIDER` to run on the local provider.',
  openaiAt: (url: string) => `Batches run at \`${url}\`.`,
  paused: (since: string) => `Nothing has been sent to the provider since ${since}.`,
  pauseHints: {
    insufficient_quota:
      'The account is out of quota or its billing is off. Mend that with the provider: nothing has to be sent again.',
    provider_unauthorized:
      'The provider does not accept the API key. Correct `OPENAI_API_KEY` in `.env` and restart the server: nothing has to be sent again.',
  },
  pauseGoesOn: (time: string) =>
    `What waits goes on by itself when it works again; the next try is at ${time}.`,
  tryNow: 'Try now',
  pauseTried: 'The provider is tried again.',

  statistics: 'Statistics',
  batches: 'Batches',
  requests: 'Requests',
  completed: 'completed',
  failed: 'failed',
  tokens: 'Tokens',
  inputTokens: 'input',
  outputTokens: 'output',

  newBatch: 'New batch',
  endpoint: 'Endpoint',
  model: 'Model',
  batchName: 'Batch name',
  optional: 'optional',
  prompts: 'Prompts',
  promptsHint: 'One prompt a line. Each becomes one request; empty lines are ignored.',
  promptCount: (count: number) => plural(count, '{n} prompt', '{n} prompts'),
  createBatch: 'Create batch',
  creating: 'Creating…',
  created: (id: string) => `Batch ${id} created.`,
  noModel: 'Name the model that answers.',
  noPrompts: 'Write at least one prompt.',
  tooManyPrompts: (count: number, max: number) =>
    `${plural(count, '{n} prompt', '{n} prompts')}: a batch takes at most ${plural(max, '{n}', '{n}')}. Split the list over several batches.`,
  samplePrompts: [
    'What is the capital of France?',
    'Explain photosynthesis in two sentences.',
    'Write a haiku about patience.',
  ],

  status: 'Status',
  statuses: status,
  allStatuses: 'All statuses',
  refresh: 'Refresh',
  refreshedAt: 'Refreshed at',
  refreshed: 'The list is up to date.',
  caption: 'Batches, newest first',
  batch: 'Batch',
  target: 'Endpoint and model',
  createdAt: 'Created',
  justNow: 'just now',
  progress: 'Progress',
  notCounted: 'Not counted yet',
  noneRun: 'No request was run',
  countOfTotal: (completed: string, total: string) => `${completed} of ${total} completed`,
  failedCount: (count: number) => plural(count, '{n} failed', '{n} failed'),
  actions: 'Actions',
  downloadResults: 'Download results',
  downloadErrors: 'Download errors',
  cancel: 'Cancel',
  ofBatch: (id: string) => `of ${id}`,
  batchById: (id: string) => `batch ${id}`,
  cancelQuestion: 'Cancel this batch?',
  confirmCancel: 'Yes, cancel it',
  keepBatch: 'Keep it',
  cancelling: 'Cancelling…',
  cancelAsked: (id: string) => `Batch ${id} is being cancelled.`,
  showMore: 'Show more',

  nothingYet: 'No batches yet',
  nothingYetHint: 'Write a few prompts in the form, or start with three samples.',
  useSamples: 'Fill in three sample prompts',
  samplesFilled: 'Three sample prompts are in the form.',
  nothingMatches: (name: string) => `No batch has the status “${name}”`,
  showAll: 'Show all batches',
  loadFailed: 'The batches could not be loaded',
  refreshFailed: 'The list could not be refreshed',
  retry: 'Try again',

  signIn: 'Sign in',
  signInHint: 'This server asks for its API token: the value of `API_TOKEN` in its `.env`.',
  apiToken: 'API token',
  noToken: 'Enter the API token.',
  wrongToken: 'This is not the API token of this server. Check it and try again.',
  signingIn: 'Signing in…',

  unreachable: 'The server could not be reached. Check that it runs, then try again.',
  requestId: (id: string) => `Request id: ${id}`,
  requestAt: (line: number) => `Request ${line}`,
  moreIssues: (count: number) => plural(count, 'and {n} more problem', 'and {n} more problems'),
};

/** What every language of the page has to say. */
export type Dictionary = typeof en;
