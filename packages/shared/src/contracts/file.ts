import { z } from 'zod';

/** A file as the provider knows it. */
export const batchFileSchema = z
  .object({
    id: z.string(),
    object: z.literal('file'),
    filename: z.string(),
    bytes: z.int().nonnegative(),
    created_at: z.int().describe('Unix time in seconds.'),
    expires_at: z.int().nullable().describe('Unix time in seconds at which the provider deletes it.'),
    purpose: z.string(),
    status: z.string().nullable(),
    request_count: z.int().nonnegative().nullable().describe('Requests in it, where we have read it.'),
    sha256: z.string().nullable().describe('Of the bytes that were sent to the provider.'),
  })
  .meta({ id: 'BatchFile' });

/** A file as the provider knows it. */
export type BatchFile = z.infer<typeof batchFileSchema>;

/** What `upload` answers. */
export const uploadAnswerSchema = z.object({
  success: z.literal(true),
  file: batchFileSchema,
  duplicate: z
    .literal(true)
    .optional()
    .describe(
      'The same content was uploaded before and is still there: this is that file, nothing was sent.',
    ),
});
