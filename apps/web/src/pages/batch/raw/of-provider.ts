import type { Batch } from '@batchdesk/shared';

/** A batch as the provider describes it: without what we add. */
export function ofProvider({
  job_id: _job,
  provider: _provider,
  cost: _cost,
  stuck: _stuck,
  ...batch
}: Batch) {
  return batch;
}
