import type { Batch, SubmissionStatus, WaitReason } from '@batchdesk/shared';
import { createPlural } from '../plural.ts';

const plural = createPlural('en');
const batchCount = (count: number) => plural(count, '{n} batch', '{n} batches');
const requestCount = (count: number) => plural(count, '{n} request', '{n} requests');

const waitReasons: Record<WaitReason, string> = {
  token_limit: 'no room for its tokens yet',
  unknown_limit: 'finding out how much the provider takes',
  backoff: 'the provider had no room, it is tried again',
  creation_rate: 'as many batches as an hour allows were created',
  provider_paused: 'nothing is sent to the provider for now',
  retry_later: 'it could not be sent, it is tried again',
  job_budget: 'it would pass its budget',
  month_budget: 'it would pass the month’s budget',
  busy: 'others are being sent',
};

const stuck: Record<NonNullable<Batch['stuck']>, string> = {
  window: 'beyond its completion window',
  validating: 'validating unusually long',
  finalizing: 'finalizing unusually long',
  cancelling: 'cancelling unusually long',
};

const partStatuses: Record<SubmissionStatus, string> = {
  planning: 'Being planned',
  planned: 'Planned',
  waiting_for_capacity: 'Waiting',
  uploading: 'Uploading',
  creating: 'Being created',
  submitted: 'Submitted',
  failed: 'Failed',
  cancelled: 'Cancelled',
  imported: 'Submitted',
};

/** English: the list of batches. */
export const batches = {
  title: 'Batches',
  waitReasons,
  stuck,
  partStatuses,
  sources: { label: 'Where from', here: 'Here', api: 'At the provider' },
  tabs: 'By status',
  all: 'All',
  orMore: (count: string) => `${count}+`,
  searchLabel: 'Search batches',
  searchHint: 'Name, id, model or metadata',
  filter: 'Filter',
  filterTitle: 'Filter batches',
  endpoint: 'Endpoint',
  anyEndpoint: 'Any endpoint',
  model: 'Model',
  createdFrom: 'Created from',
  createdTo: 'Created up to',
  metadata: 'Metadata',
  metadataHint: 'key=value, or a key alone',
  onlyErrors: 'Only with failed requests',
  apply: 'Apply',
  chips: {
    q: (text: string) => `“${text}”`,
    endpoint: (endpoint: string) => endpoint,
    model: (model: string) => `Model: ${model}`,
    metadata: (pair: string) => `Metadata: ${pair}`,
    created_after: (day: string) => `From ${day}`,
    created_before: (day: string) => `Up to ${day}`,
    has_errors: 'With failed requests',
  },
  filtersSet: 'Filters that are set',
  removeFilter: (filter: string) => `Remove the filter ${filter}`,
  clearAll: 'Clear all',
  sortBy: 'Sort by',
  sorts: { created_at: 'Created', finished_at: 'Finished', requests: 'Requests', cost: 'Cost' },
  descending: 'Descending. Reverse the order',
  ascending: 'Ascending. Reverse the order',
  exportCsv: 'Export CSV',
  exportHint: 'All batches that match, as a table',
  showNew: (count: number) => plural(count, 'Show {n} new batch', 'Show {n} new batches'),
  showManyNew: (count: number) => `Show ${count}+ new batches`,
  refresh: 'Refresh: some rows match no longer',
  gone: 'Not in this list any more',
  shown: (count: number) => plural(count, '{n} batch shown', '{n} batches shown'),
  columns: {
    name: 'Batch',
    state: 'Status',
    progress: 'Requests succeeded',
    model: 'Model and endpoint',
    cost: 'Cost',
    created: 'Created',
    took: 'Time',
    actions: 'Actions',
  },
  tableCaption: 'Batches',
  select: (name: string) => `Select ${name}`,
  selectAll: 'Select all that are shown',
  idOf: (name: string) => `the id of ${name}`,
  moreModels: (count: number) => `+${count}`,
  expiresIn: (duration: string) => `expires in ${duration}`,
  showParts: (count: number) => plural(count, 'Show its {n} part', 'Show its {n} parts'),
  partsOf: (name: string) => `Parts of ${name}`,
  partCount: (count: number) => plural(count, '{n} part', '{n} parts'),
  moreParts: (count: number) =>
    plural(count, '{n} more part is on its page', '{n} more parts are on its page'),
  notSent: 'not sent yet',
  goesNext: (position: number) => `number ${position} in line`,
  notBefore: (time: string) => `not before ${time}`,
  menuOf: (name: string) => `Actions for ${name}`,
  actions: {
    open: 'Open',
    cancel: 'Cancel…',
    retry: 'Retry what failed…',
    results: 'Download results (JSONL)',
    resultsCsv: 'Download results (CSV)',
    errors: 'Download errors (JSONL)',
    delete: 'Delete…',
  },
  selection: 'Selected batches',
  selected: (count: number) => plural(count, '{n} selected', '{n} selected'),
  selectedOf: (count: number, all: string) =>
    plural(count, `{n} selected of ${all} that match`, `{n} selected of ${all} that match`),
  onlyShown: 'Only what is shown can be selected.',
  selectAllOf: (count: number) => plural(count, 'Select {n}', 'Select all {n}'),
  selectingAll: 'Selecting…',
  bulk: {
    cancel: 'Cancel',
    retry: 'Retry what failed',
    delete: 'Delete',
    export: 'Export CSV',
    clear: 'Clear',
  },
  bulkNone: {
    cancel: 'None of them is under way.',
    retry: 'None of them has requests to retry.',
    delete: 'None of them has ended.',
  },
  exportLimit: (count: number) => `Up to ${count} at a time.`,
  asks: {
    cancel: (count: number, requests: number) =>
      `Cancel ${batchCount(count)} with ${requestCount(requests)} still open?`,
    retry: (count: number, requests: number) => `Retry ${requestCount(requests)} of ${batchCount(count)}?`,
    delete: (count: number, requests: number) =>
      `Delete ${batchCount(count)} with ${requestCount(requests)}?`,
  },
  asksOne: {
    cancel: (name: string, requests: number) => `Cancel ${name} with ${requestCount(requests)} still open?`,
    retry: (name: string, requests: number) => `Retry ${requestCount(requests)} of ${name}?`,
    delete: (name: string, requests: number) => `Delete ${name} with ${requestCount(requests)}?`,
  },
  hints: {
    cancel: 'What is answered by then is kept and billed.',
    retry: 'What did not succeed is sent again, and billed as new requests. What succeeded is kept.',
    delete: 'Requests and results are deleted here for good.',
  },
  stay: {
    cancel: (others: number, all: number) =>
      plural(
        others,
        `{n} of the ${all} selected has ended or is being cancelled already and stays as it is.`,
        `{n} of the ${all} selected have ended or are being cancelled already and stay as they are.`,
      ),
    retry: (others: number, all: number) =>
      plural(
        others,
        `{n} of the ${all} selected has nothing to retry and stays as it is.`,
        `{n} of the ${all} selected have nothing to retry and stay as they are.`,
      ),
    delete: (others: number, all: number) =>
      plural(
        others,
        `{n} of the ${all} selected has not ended and stays as it is.`,
        `{n} of the ${all} selected have not ended and stay as they are.`,
      ),
  },
  confirms: {
    cancel: (count: number) => `Cancel ${batchCount(count)}`,
    retry: (requests: number) => `Retry ${requestCount(requests)}`,
    delete: (count: number) => `Delete ${batchCount(count)}`,
  },
  deleteFiles: 'Delete the files at the provider too',
  pending: {
    cancel: (count: number) => `Cancelling ${batchCount(count)}…`,
    retry: (count: number) => `Retrying ${batchCount(count)}…`,
    delete: (count: number) => `Deleting ${batchCount(count)}…`,
  },
  done: {
    cancel: (count: number) =>
      plural(count, '{n} batch is being cancelled.', '{n} batches are being cancelled.'),
    retry: (count: number) => plural(count, '{n} batch goes on.', '{n} batches go on.'),
    delete: (count: number) => plural(count, '{n} batch was deleted.', '{n} batches were deleted.'),
  },
  notDone: (name: string, reason: string) => `${name}: ${reason}`,
  moreNotDone: (count: number) =>
    plural(count, '{n} more did not work either.', '{n} more did not work either.'),
  nothingMatches: 'No batch matches',
  nothingMatchesHint: (filters: string) => `These filters are set: ${filters}.`,
  clearFilters: 'Clear the filters',
  providerHint:
    'This is the provider’s own list, newest first. It cannot be filtered or sorted: the provider’s API does neither.',
  providerEmpty: 'The provider lists no batches',
  providerEmptyHint: 'What you send appears here, and so does what other programs send with the same key.',
  reload: 'Reload',
  answered: 'Answered',
};
