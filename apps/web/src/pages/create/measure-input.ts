import { LIMITS } from '@batchdesk/shared';
import type { CheckedInput } from '../../create/scan-input.ts';

/** How much there is of something that one batch takes only so much of. */
export interface Measure {
  what: 'requests' | 'bytes' | 'embeddingInputs';
  value: number;
  limit: number;
}

/** An input beside the limits of one batch; embedding inputs where there are any. */
export function measureInput({ summary }: CheckedInput): Measure[] {
  const { request_count, bytes, embedding_inputs } = summary;
  const measures: Measure[] = [
    { what: 'requests', value: request_count, limit: LIMITS.requestsPerBatch },
    { what: 'bytes', value: bytes, limit: LIMITS.inputFileBytes },
  ];
  const limit = LIMITS.embeddingInputsPerBatch;
  if (embedding_inputs > request_count)
    measures.push({ what: 'embeddingInputs', value: embedding_inputs, limit });
  return measures;
}
