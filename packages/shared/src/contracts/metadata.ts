import { z } from 'zod';
import { LIMITS } from '../limits.ts';

/** Labels on a batch: at most 16 pairs of strings, as OpenAI limits them. */
export const metadataSchema = z
  .record(z.string().min(1).max(LIMITS.metadataKeyCharacters), z.string().max(LIMITS.metadataValueCharacters))
  .refine((metadata) => Object.keys(metadata).length <= LIMITS.metadataPairs, {
    error: `At most ${LIMITS.metadataPairs} metadata pairs are allowed.`,
  })
  .meta({ description: 'Up to 16 pairs; keys of at most 64 characters, values of at most 512.' });

/** Labels on a batch, string to string. */
export type Metadata = z.infer<typeof metadataSchema>;
