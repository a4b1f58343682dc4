import type { ResultType } from '@batchdesk/shared';
import type { JobBatch } from '../db/job-batches.ts';
import type { Deps } from '../deps.ts';
import { keepResult } from './keep-result.ts';

/** The result files of the batches of a job, each looked for when it is asked for. */
export interface JobFiles {
  /** Whether a submission has a batch. */
  hasBatch(submissionId: string): boolean;
  /**
   * Name in storage of a result file of a submission, brought here again if need be; `null` while it is not settled.
   *
   * @throws {BatchdeskError} `results_expired` when it is neither here nor at the provider, `provider_*`
   */
  find(submissionId: string, type: ResultType): Promise<string | null>;
}

/** The result files of these batches. */
export function createJobFiles(
  deps: Pick<Deps, 'db' | 'provider' | 'storage'>,
  batches: readonly JobBatch[],
): JobFiles {
  const bySubmission = new Map(batches.map((batch) => [batch.submission_id, batch]));
  const found = new Map<string, Promise<string | null>>();
  return {
    hasBatch: (submissionId) => bySubmission.has(submissionId),
    async find(submissionId, type) {
      const known = bySubmission.get(submissionId);
      if (!known?.is_settled) return null;
      const key = `${submissionId} ${type}`;
      const name = found.get(key) ?? keepResult(deps, known.batch, type);
      found.set(key, name);
      return name;
    },
  };
}
