import { z } from 'zod';

/** What `POST /api/webhooks/openai` answers. */
export const webhookAnswerSchema = z.object({
  success: z.literal(true),
  duplicate: z.literal(true).optional().describe('It came before: nothing was done.'),
});
