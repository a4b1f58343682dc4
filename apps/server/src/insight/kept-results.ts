import { BatchdeskError } from '@batchdesk/shared';
import type { Batch, ResultType } from '@batchdesk/shared';
import type { LedgerScope } from '../db/request-pages.ts';
import type { LedgerPart } from '../db/requests.ts';

/** The result files of one batch or of all batches of a job. */
export interface ResultFiles {
  /** Whether a submission has a batch: then what is pending of it has been submitted. */
  hasBatch(submissionId: string): boolean;
  /**
   * Name in storage of a result file of a submission, `null` while it is not settled.
   *
   * @throws {BatchdeskError} `results_expired` when the file is gone
   */
  find(submissionId: string, type: ResultType): Promise<string | null>;
}

/** Requests and the files that answer them. */
export interface KeptResults {
  scope: LedgerScope;
  files: ResultFiles;
}

/** The same with the input. */
export interface KeptRequests extends KeptResults {
  /** Name in storage. */
  input_name: string | null;
}

/** What of one batch is on our disk. */
export interface KeptBatch {
  batch: Batch;
  ledger: LedgerPart & { input_name: string | null };
  files: Record<ResultType, string | null>;
}

/** The requests of one batch: all that its submission took to the provider, those too that were tried again later. */
export function requestsOfBatch({ batch, ledger, files }: KeptBatch): KeptRequests {
  const { job_id, submission_id, input_name } = ledger;
  return {
    scope: { job_id, submission_id },
    input_name,
    files: {
      hasBatch: () => true,
      async find(_submissionId, type) {
        const name = files[type];
        if (name === null) throw new BatchdeskError('results_expired', { details: { batch_id: batch.id } });
        return name;
      },
    },
  };
}
