import { LIMITS } from '@batchdesk/shared';
import type { Metadata } from '@batchdesk/shared';

/** The metadata key under which a batch carries the submission it came of. */
export const MARK_KEY = 'batchdesk';
const MARK = /^(sub_[0-9a-f]{32})(?: sha256:[0-9a-f]{64})?$/;

const hex = (digits: number) => '[0-9a-f]'.repeat(digits);

/** What `MARK` says, as patterns of SQLite's GLOB. */
export const MARK_GLOBS = [`sub_${hex(32)}`, `sub_${hex(32)} sha256:${hex(64)}`] as const;

/**
 * The metadata to send: the user's own, and our mark by which the batch is found again when the answer to its creation
 * is lost. A user who takes all 16 pairs, or the name of the key, keeps them: then the input file tells which batch it is.
 */
export function addMark(
  metadata: Metadata | null,
  submission: { id: string; input_sha256: string | null },
): Metadata {
  const own = { ...metadata };
  if (MARK_KEY in own || Object.keys(own).length >= LIMITS.metadataPairs) return own;
  const fingerprint = submission.input_sha256 ? ` sha256:${submission.input_sha256}` : '';
  return { ...own, [MARK_KEY]: `${submission.id}${fingerprint}` };
}

/** The submission that a batch says it came of, `null` when it says nothing of the kind. */
export function readMark(metadata: Metadata | null): string | null {
  return MARK.exec(metadata?.[MARK_KEY] ?? '')?.[1] ?? null;
}

/** The user's own metadata, as it was handed in. */
export function removeMark(metadata: Metadata | null): Metadata | null {
  if (readMark(metadata) === null) return metadata;
  const { [MARK_KEY]: _, ...own } = metadata ?? {};
  return Object.keys(own).length === 0 ? null : own;
}
