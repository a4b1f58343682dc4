import { z } from 'zod';

/** The result files of a batch: `output` holds the answers, `error` the requests that got none. */
export const RESULT_TYPES = ['output', 'error'] as const;

/** Which result file. */
export type ResultType = (typeof RESULT_TYPES)[number];

/** Query of `GET /api/batch/{batch_id}/results`; the answer is JSONL. */
export const resultsQuerySchema = z.object({ type: z.enum(RESULT_TYPES).default('output') });
