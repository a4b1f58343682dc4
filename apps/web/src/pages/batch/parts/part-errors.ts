import type { Batch, SubmissionView } from '@batchdesk/shared';

/** What is wrong with a part. */
export interface PartError {
  text: string;
  /** 1-based line of the input of the part. */
  line: number | null;
}

/** Whether the provider refused a part and its requests went to others: nothing is wrong with them. */
export function wasReplaced({ status, batch_id }: Pick<SubmissionView, 'status' | 'batch_id'>): boolean {
  return status === 'failed' && batch_id !== null;
}

/** What is wrong with a part, by us and by the provider; what both say is told once. */
export function listErrors(submission: Pick<SubmissionView, 'error'>, batch: Batch | undefined): PartError[] {
  const told =
    batch?.errors?.data.map(({ code, message, line }) => ({ text: message ?? code ?? '', line })) ?? [];
  const own = submission.error;
  const isTold = !own || told.some(({ text }) => text === own.message);
  return isTold ? told : [{ text: own.message, line: null }, ...told];
}
