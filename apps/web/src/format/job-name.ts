import type { Job } from '@batchdesk/shared';

/** The id that people know a batch by: the provider's, of a batch that was handed in as one. It never changes. */
export function jobIdOf({ id, batch_id }: Pick<Job, 'id' | 'batch_id'>): string {
  return batch_id ?? id;
}

/** What a batch is called: its name, what its metadata call it, else its id. */
export function jobName(job: Pick<Job, 'id' | 'name' | 'metadata' | 'batch_id'>): string {
  const { name, metadata } = job;
  return name ?? (metadata?.['batch_name']?.trim() || metadata?.['name']?.trim() || jobIdOf(job));
}
