/**
 * The points between which a job is carried from acceptance to its end: before each, something was stored or the provider
 * was asked for something. A process may die at any of them; tests make it.
 */
export const STEPS = [
  'job.inserted',
  'input.kept',
  'requests.inserted',
  'job.accepted',
  'submission.claimed',
  'input.ready',
  'upload.begun',
  'upload.answered',
  'upload.stored',
  'creation.begun',
  'creation.answered',
  'creation.stored',
  'batch.refreshed',
  'collection.begun',
  'results.opened',
  'results.portion',
  'results.indexed',
  'results.kept',
  'collection.stored',
  'retry.begun',
  'retry.portion',
  'retry.stored',
  'submission.settled',
] as const;

/** A point at which a process may die. */
export type Step = (typeof STEPS)[number];
