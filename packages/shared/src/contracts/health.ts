import { z } from 'zod';

/** What `GET /api/health` answers: that the server works, and who runs its batches. */
export const healthSchema = z
  .object({
    success: z.literal(true),
    status: z.literal('ok'),
    version: z.string(),
    provider: z.object({
      name: z.enum(['openai', 'local']),
      base_url: z.string(),
      ready: z.boolean().describe('Whether a key is there. Says nothing of whether it is accepted.'),
    }),
  })
  .meta({ id: 'Health' });

/** That the server works, and who runs its batches. */
export type Health = z.infer<typeof healthSchema>;
