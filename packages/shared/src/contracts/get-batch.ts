import { z } from 'zod';
import { batchSchema } from './batch.ts';
import { costDetailsSchema } from './cost.ts';
import { providerIdSchema } from './ids.ts';
import { resultIssueSchema } from './results.ts';

/** A yes or no that REST sends as text and tRPC as a boolean. */
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })]);

/** Names one batch. */
export const batchIdSchema = z.object({ batch_id: providerIdSchema });

/** Query of `GET /api/batch/{batch_id}`. */
export const getBatchQuerySchema = z.object({
  refresh: flag.default(true).describe('Ask the provider first; otherwise answer from the database.'),
});

/** What `get` answers. `stale` is there only when the provider could not be asked. */
export const getBatchAnswerSchema = z.object({
  success: z.literal(true),
  batch: batchSchema,
  cost_details: costDetailsSchema
    .optional()
    .describe('What its cost is made up of; there when batch.cost has an amount.'),
  stale: z.literal(true).optional().describe('The provider could not be asked: this is the stored batch.'),
  issues: z
    .array(resultIssueSchema)
    .optional()
    .describe('Lines of the results that are no good answers, if any: at most 1,000.'),
  issue_count: z.int().optional().describe('How many of them there are.'),
});
