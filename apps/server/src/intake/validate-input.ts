import type { BatchdeskError, InputSummary, Validation } from '@batchdesk/shared';
import { toRefusal } from './refusal.ts';
import type { InputPlace } from './refusal.ts';

/** What a batch of an input would be, and the error that `create` would answer with, if any. */
export interface ValidationResult {
  validation: Validation;
  refusal: BatchdeskError | null;
}

/** Tells what an input is, good or bad. Sends nothing. */
export function validateInput(summary: InputSummary, place: InputPlace): ValidationResult {
  const { request_count, bytes, endpoint, models, embedding_inputs, sample } = summary;
  const facts = { request_count, bytes, endpoint, models, embedding_inputs, sample };
  return { validation: { valid: summary.issue_count === 0, ...facts }, refusal: toRefusal(summary, place) };
}
