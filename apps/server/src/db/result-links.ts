import { setImmediate as nextTurn } from 'node:timers/promises';
import { readResultName, resultName } from '../storage/storage.ts';
import type { Database } from './database.ts';
import { namedByBatch, toKnownFile } from './known-files.ts';
import type { FileRow, KnownFile } from './known-files.ts';
import { Prisma } from './generated/client.ts';

/** Batches looked through in one statement. */
const STRETCH = 2_000;

interface ResultLink {
  batch_id: string;
  role: 'output' | 'error';
}

/**
 * Finds the batches of result files: by the name of our copy or of the file, and for those that it does not tell of by looking
 * through all batches, which takes a tenth of a second for 100,000. Others keep `batch_id` null.
 */
export async function linkResults(db: Database, files: readonly KnownFile[]): Promise<KnownFile[]> {
  const linked = await linkByName(db, files);
  const rest = linked.filter(isUnlinked).map(({ id }) => id);
  if (rest.length === 0) return linked;
  const found = new Map((await findResultsById(db, rest)).map((file) => [file.id, file]));
  return linked.map((file) => (isUnlinked(file) ? linkTo(file, found.get(file.id)) : file));
}

function linkTo(file: KnownFile, result: Pick<KnownFile, 'batch_id' | 'role'> | undefined): KnownFile {
  return result ? { ...file, batch_id: result.batch_id, role: result.role } : file;
}

/** Whether a file may be the result of a batch that is not known yet. */
export function isUnlinked({ purpose, batch_id, is_stored }: KnownFile): boolean {
  return is_stored && purpose !== 'batch' && batch_id === null;
}

/** The same by names only, which tell of nearly all. */
export async function linkByName(db: Database, files: readonly KnownFile[]): Promise<KnownFile[]> {
  const links = new Map(files.filter(isUnlinked).map((file) => [file.id, readLinks(file)]));
  const batchIds = [...links.values()].flat().map(({ batch_id }) => batch_id);
  if (batchIds.length === 0) return files.map(withCopy);
  const rows = await db.$queryRaw<
    { id: string; output_file_id: string | null; error_file_id: string | null }[]
  >`
    SELECT id, output_file_id, error_file_id FROM batches
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(batchIds)}))`;
  const batches = new Map(rows.map((row) => [row.id, row]));
  return files.map((file) => {
    const link = links
      .get(file.id)
      ?.find(({ batch_id, role }) => batches.get(batch_id)?.[`${role}_file_id`] === file.id);
    return withCopy(link ? { ...file, ...link } : file);
  });
}

function readLinks({ stored_name, filename }: KnownFile): ResultLink[] {
  const names = [stored_name, `results/${filename}`].map((name) => name && readResultName(name));
  return names.filter((link) => link !== null && link !== '');
}

/** A process that died may have left a copy without a row. */
function withCopy(file: KnownFile): KnownFile {
  const { batch_id, role, stored_name } = file;
  if (stored_name !== null || batch_id === null || role === null || role === 'input') return file;
  return { ...file, stored_name: resultName(batch_id, role) };
}

/** Result files by their ids, from the batches that name them. */
export async function findResultsById(db: Database, ids: readonly string[]): Promise<KnownFile[]> {
  const wanted = Prisma.sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const [{ last }] = await db.$queryRaw<[{ last: bigint | null }]>`SELECT max(rowid) AS last FROM batches`;
  const found: KnownFile[] = [];
  for (let from = 0; from < Number(last ?? 0) && found.length < ids.length; from += STRETCH) {
    const stretch = Prisma.sql`batches.rowid > ${from} AND batches.rowid <= ${from + STRETCH}`;
    const rows = await db.$queryRaw<FileRow[]>`
      SELECT ${namedByBatch('output')} FROM batches WHERE ${stretch} AND output_file_id IN ${wanted}
      UNION ALL
      SELECT ${namedByBatch('error')} FROM batches WHERE ${stretch} AND error_file_id IN ${wanted}`;
    found.push(...rows.map((row) => withCopy(toKnownFile(row))));
    await nextTurn();
  }
  return found;
}
