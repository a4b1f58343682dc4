import { BatchdeskError } from '@batchdesk/shared';
import { findKnownFile } from '../db/known-files.ts';
import type { KnownFile } from '../db/known-files.ts';
import { findResultsById, linkResults } from '../db/result-links.ts';
import type { Deps } from '../deps.ts';

/**
 * A file that is known here, its batch looked for if it is a result.
 *
 * @throws {BatchdeskError} `file_not_found`
 */
export async function findFile({ db }: Pick<Deps, 'db'>, file_id: string): Promise<KnownFile> {
  const known = await findKnownFile(db, file_id);
  const [file] = known ? await linkResults(db, [known]) : await findResultsById(db, [file_id]);
  if (!file) throw new BatchdeskError('file_not_found', { details: { file_id } });
  return file;
}

/** Bytes of our copy of a file, `null` when there is none. */
export async function sizeHere(
  { storage }: Pick<Deps, 'storage'>,
  { stored_name }: KnownFile,
): Promise<number | null> {
  return stored_name === null ? null : storage.size(stored_name);
}
