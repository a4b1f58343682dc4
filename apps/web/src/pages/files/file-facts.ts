import type { DeleteFileWhere, FileNeed, FileRole, FileView } from '@batchdesk/shared';

/** Why something of a file cannot be deleted. `kept`: a batch that has ended is read from the copy here. */
export type Hindrance = FileNeed | 'kept';

/** What is in a file; `results` where it is not known which. */
export type FileContent = FileRole | 'results';

const PLACES = ['provider', 'here', 'both'] as const satisfies DeleteFileWhere[];
const DAY = 86_400;
/** Less than this is soon. */
const SOON_SECONDS = 3 * DAY;

/** What is in a file: the batches that use it say it, else its purpose. */
export function contentOf({ used_by, purpose }: Pick<FileView, 'used_by' | 'purpose'>): FileContent {
  return used_by[0]?.role ?? (purpose === 'batch' ? 'input' : 'results');
}

/** Bytes of a file: as the provider has it, else of the copy here; `null` where neither is known. */
export function sizeOf({ bytes, here }: Pick<FileView, 'bytes' | 'here'>): number | null {
  return bytes ?? here;
}

/** Where a file can be asked to be deleted, and what stands in the way of it. */
export function deletionsOf(
  file: Pick<FileView, 'at_provider' | 'here' | 'needed_by' | 'used_by_count'>,
): { where: DeleteFileWhere; hindrance: Hindrance | null }[] {
  const isHere = file.here !== null;
  const isWhere = { provider: file.at_provider, here: isHere, both: file.at_provider && isHere };
  const ofCopy: Hindrance | null = file.used_by_count > 0 ? 'kept' : null;
  const ofProvider = file.needed_by === 'job_in_progress' ? null : file.needed_by;
  const hindrances = {
    provider: ofProvider,
    here: file.needed_by ?? ofCopy,
    both: file.needed_by ?? ofCopy,
  };
  return PLACES.filter((where) => isWhere[where]).map((where) => ({ where, hindrance: hindrances[where] }));
}

/** How long the provider still has a file, in whole days while there is more than one: what to say, and how urgent it is. */
export function expiryOf(
  { at_provider, expires_at }: Pick<FileView, 'at_provider' | 'expires_at'>,
  now: number,
): { kind: 'never' | 'gone' } | { kind: 'soon' | 'later'; seconds: number } {
  if (expires_at !== null && expires_at <= now) return { kind: 'gone' };
  if (expires_at === null || !at_provider) return { kind: 'never' };
  const left = expires_at - now;
  const seconds = left > DAY ? left - (left % DAY) : left;
  return { kind: left < SOON_SECONDS ? 'soon' : 'later', seconds };
}
