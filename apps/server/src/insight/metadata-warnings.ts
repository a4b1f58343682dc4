import { LIMITS } from '@batchdesk/shared';
import type { Job, Metadata } from '@batchdesk/shared';
import { MARK_KEY } from '../submission-mark.ts';

const METADATA_FULL = {
  code: 'metadata_full',
  message: `There was no room for our own pair in the metadata: they have ${LIMITS.metadataPairs} pairs, or one named "${MARK_KEY}". Should the answer to the creation of a batch be lost, the batch is recognised by its input file instead.`,
};

/** What to know of a user's metadata; nothing at all when they are as usual. */
export function warnOfMetadata(metadata: Metadata | null | undefined): Pick<Job, 'warnings'> {
  const keys = Object.keys(metadata ?? {});
  const isFull = keys.length >= LIMITS.metadataPairs || keys.includes(MARK_KEY);
  return isFull ? { warnings: [METADATA_FULL] } : {};
}
