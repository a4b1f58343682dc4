import type { DeleteFileWhere } from '@batchdesk/shared';
import type { FileContent, Hindrance } from '../../pages/files/file-facts.ts';
import { createPlural } from '../plural.ts';

const plural = createPlural('en');
const fileCount = (count: number) => plural(count, '{n} file', '{n} files');

const contents: Record<FileContent, string> = {
  input: 'Input',
  output: 'Answers',
  error: 'Errors',
  results: 'Results',
};

const hindrances: Record<Hindrance, string> = {
  active_batch: 'A batch reads it',
  waiting_submission: 'It is still to be sent',
  results_not_collected: 'Its results are not here yet',
  only_copy: 'Nothing of it is here, and its batch is read from it',
  job_in_progress: 'Its batch is in progress',
  kept: 'Its batch is read from it: delete the batch',
};

const deletions: Record<DeleteFileWhere, string> = {
  provider: 'Delete at the provider',
  here: 'Delete here',
  both: 'Delete in both places',
};

const deleteQuestions: Record<DeleteFileWhere, (name: string) => string> = {
  provider: (name) => `Delete ${name} at the provider?`,
  here: (name) => `Delete the copy of ${name} here?`,
  both: (name) => `Delete ${name} in both places?`,
};

const deleteHints: Record<DeleteFileWhere, string> = {
  provider: 'The copy here stays, as long as there is one.',
  here: 'The file at the provider stays, as long as it has it.',
  both: 'It is gone then, and this cannot be undone.',
};

const deleted: Record<DeleteFileWhere, (name: string) => string> = {
  provider: (name) => `${name} was deleted at the provider.`,
  here: (name) => `The copy of ${name} here was deleted.`,
  both: (name) => `${name} was deleted.`,
};

/** English: the files at the provider and here. */
export const files = {
  title: 'Files',
  totals: 'All files',
  atProvider: 'At the provider',
  here: 'Here',
  cleanable: 'Can be cleaned up',
  sum: (count: number, size: string) => `${fileCount(count)}, ${size}`,
  filters: 'Filters',
  search: 'Search names and ids',
  purpose: 'Content',
  purposes: { all: 'All files', batch: 'Inputs', batch_output: 'Results' },
  showNew: (count: number) => plural(count, 'Show {n} new file', 'Show {n} new files'),
  shown: (count: number) => plural(count, '{n} file shown', '{n} files shown'),

  columns: {
    file: 'File',
    content: 'Content',
    size: 'Size',
    requests: 'Requests',
    created: 'Created',
    expires: 'Expires',
    where: 'Where',
    usedBy: 'Used by',
    actions: 'Actions',
  },
  contents,
  id: 'the id',
  unnamed: 'No name is known',
  expiresIn: (time: string) => `in ${time}`,
  expired: 'expired',
  never: 'never',
  places: { provider: 'provider', here: 'here', gone: 'gone' },
  more: (count: number) => plural(count, 'and {n} more', 'and {n} more'),
  many: 'and more than 1,000 in all',
  unused: 'nothing',
  hindrances,

  actionsOf: (name: string) => `Actions of ${name}`,
  deletions,
  deleteQuestions,
  deleteHints,
  deleting: (name: string) => `Deleting ${name}…`,
  deleted,

  cleanUp: 'Clean up…',
  cleanUpTitle: 'Clean up what nothing needs?',
  cleanUpNothing: 'There is nothing to clean up: each file is needed, or was made elsewhere.',
  cleanUpHint:
    'This deletes files at the provider whose batches have ended and are all here, and copies here that no batch is read from. Batches keep their requests and results. It cannot be undone.',
  cleanUpQuestion: (count: number, size: string) =>
    `${fileCount(count)} would be deleted, which frees ${size}.`,
  cleanUpNow: (count: number) => `Delete ${fileCount(count)}`,
  cleaning: 'Cleaning up…',
  cleaned: (count: number, size: string) =>
    `${plural(count, '{n} file was deleted', '{n} files were deleted')}: ${size} are free.`,
  notCleaned: (count: number, reason: string) =>
    `${plural(count, '{n} file was not deleted', '{n} files were not deleted')}: ${reason}`,

  none: 'No files yet',
  noneHint: 'The input of a batch appears here when it is handed in, its results when it has ended.',
  noMatch: 'No file matches',
  noMatchHint: 'Look for another text, or show all files.',
  showAll: 'Show all files',
};
