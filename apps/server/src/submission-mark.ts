import { LIMITS } from '@batchdesk/shared';
import type { Metadata } from '@batchdesk/shared';

/** The metadata key under which a batch carries the submission it came of. */
const MARK_KEY = 'batchdesk';

/**
 * The metadata to send: the user's own, and our mark by which the batch is found again when the answer to its creation
 * is lost. A user who takes all 16 pairs keeps them: then the input file tells which batch it is.
 */
export function addMark(
  metadata: Metadata | null,
  submission: { id: string; input_sha256: string | null },
): Metadata {
  if (Object.keys(metadata ?? {}).length >= LIMITS.metadataPairs) return { ...metadata };
  const fingerprint = submission.input_sha256 ? ` sha256:${submission.input_sha256}` : '';
  return { ...metadata, [MARK_KEY]: `${submission.id}${fingerprint}` };
}

/** The submission that a batch says it came of. */
export function readMark(metadata: Metadata | null): string | null {
  return metadata?.[MARK_KEY]?.split(' ')[0] ?? null;
}

/** The user's own metadata, as it was handed in. */
export function removeMark(metadata: Metadata | null): Metadata | null {
  if (metadata?.[MARK_KEY] === undefined) return metadata;
  const { [MARK_KEY]: _, ...own } = metadata;
  return Object.keys(own).length === 0 ? null : own;
}
