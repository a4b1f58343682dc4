import type { BatchStatus, JobState, RequestOutcome } from '@batchdesk/shared';
import { createPlural } from '../plural.ts';

const plural = createPlural('en');

const statuses: Record<BatchStatus | JobState, string> = {
  waiting: 'Waiting',
  validating: 'Validating',
  in_progress: 'In progress',
  finalizing: 'Finalizing',
  completed: 'Completed',
  failed: 'Failed',
  expired: 'Expired',
  cancelling: 'Cancelling',
  cancelled: 'Cancelled',
};

const outcomes: Record<RequestOutcome, string> = {
  pending: 'Pending',
  submitted: 'Submitted',
  succeeded: 'Succeeded',
  failed: 'Failed',
  expired: 'Expired',
  cancelled: 'Cancelled',
  missing: 'Missing',
};

/** English: what several parts of the page say. */
export const common = {
  statuses,
  outcomes,
  loading: 'Loading…',
  retry: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  back: 'Back',
  save: 'Save',
  delete: 'Delete',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'This browser does not let the page copy. Select the text and copy it yourself.',
  copyNamed: (what: string) => `Copy ${what}`,
  download: 'Download',
  optional: 'optional',
  messages: 'Messages',
  unknown: 'unknown',
  none: '–',
  showMore: 'Show more',
  justNow: 'just now',
  requestCount: (count: number) => plural(count, '{n} request', '{n} requests'),
  batchCount: (count: number) => plural(count, '{n} batch', '{n} batches'),
  tokenCount: (count: number) => plural(count, '{n} token', '{n} tokens'),
  fileCount: (count: number) => plural(count, '{n} file', '{n} files'),
  progressOf: (succeeded: string, failed: string, total: string) =>
    `${succeeded} of ${total} succeeded, ${failed} failed`,
  failedCount: (count: number) => plural(count, '{n} failed', '{n} failed'),
  answeredCount: (count: number) => plural(count, '{n} answered', '{n} answered'),
  statusWithFailed: (status: string, failed: string) => `${status}, ${failed}`,
  unreachable: 'The server could not be reached. Check that it runs, then try again.',
  broken: 'Something in this page is broken. Reload it, then try again.',
  requestId: (id: string) => `Request id: ${id}`,
  lineAt: (line: number) => `Line ${line}`,
  moreIssues: (count: number) => plural(count, 'and {n} more problem', 'and {n} more problems'),
  loadFailed: 'This could not be loaded',
};
