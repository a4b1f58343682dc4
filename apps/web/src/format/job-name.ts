import type { Job } from '@batchdesk/shared';

/** What a batch is called: its name, what its metadata call it, else its id; that of its one batch where it has one. */
export function jobName({
  id,
  name,
  metadata,
  batch_ids,
}: Pick<Job, 'id' | 'name' | 'metadata' | 'batch_ids'>): string {
  return (
    name ??
    metadata?.['batch_name'] ??
    metadata?.['name'] ??
    (batch_ids.length === 1 ? batch_ids[0] : null) ??
    id
  );
}
