import { z } from 'zod';

/** Why nothing is sent to the provider for now. Its account or its key has to be mended. */
const providerPauseSchema = z.object({
  code: z.string().describe('insufficient_quota or provider_unauthorized.'),
  message: z.string(),
  since: z.int().describe('Unix time in seconds.'),
  probe_at: z.int().describe('Unix time in seconds: when it is tried again by itself.'),
});

/** What the calls to the provider meet, when several in a row failed. */
const providerTroubleSchema = z.object({
  code: z.string().describe('provider_unreachable, provider_error or rate_limited.'),
  since: z.int().describe('Unix time in seconds: when the first of them failed.'),
});

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
      paused: providerPauseSchema
        .nullable()
        .describe('Set while the provider takes nothing: what waits is sent when it works again.'),
      trouble: providerTroubleSchema
        .nullable()
        .describe('Set while the provider does not answer as it should: it is tried again by itself.'),
    }),
  })
  .meta({ id: 'Health' });

/** That the server works, and who runs its batches. */
export type Health = z.infer<typeof healthSchema>;
