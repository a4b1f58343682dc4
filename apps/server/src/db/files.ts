import type { BatchFile } from '@batchdesk/shared';
import type { ProviderFile } from '../provider/provider.ts';
import type { Database, DatabaseOrTransaction } from './database.ts';
import type { BatchFileModel } from './generated/models.ts';

/** What we know of a file beyond what the provider says. */
export interface KeptFile {
  provider: 'openai' | 'local';
  /** Name of our copy in storage. */
  stored_name: string | null;
  sha256: string | null;
  request_count: number | null;
}

/** A stored file with the place of our copy. */
export type StoredFile = BatchFileModel;

/** The statuses of ours: no batch is made of such a file any more. */
const GOING = ['deleting', 'deleted'];
const IS_THERE = { OR: [{ status: null }, { status: { notIn: GOING } }] };

/** Whether the deletion of a file at the provider has begun. */
export function isGoing(status: string | null | undefined): boolean {
  return GOING.includes(status ?? '');
}

/** Stores a file, or what is new about it. A deletion that has begun stays, whatever the provider said before it. */
export async function saveFile(db: Database, file: ProviderFile, kept: KeptFile): Promise<BatchFile> {
  const { id } = file;
  const data = { ...file, ...kept };
  return db.$transaction(async (transaction) => {
    const known = await transaction.batchFile.findUnique({ where: { id } });
    const status = known && isGoing(known.status) ? known.status : file.status;
    // The content of a file never changes: that it was made here is still known without its copy.
    const sha256 = kept.sha256 ?? known?.sha256 ?? null;
    const update = { ...data, status, sha256 };
    return fromFileRow(await transaction.batchFile.upsert({ where: { id }, create: data, update }));
  });
}

/** Stores what the provider says of a file now; `null` when its deletion has begun, or it has this copy no more. */
export async function refreshFile(
  db: Database,
  file: ProviderFile,
  stored_name: string,
): Promise<BatchFile | null> {
  const where = { id: file.id, stored_name, ...IS_THERE };
  const [row] = await db.batchFile.updateManyAndReturn({ where, data: file });
  return row ? fromFileRow(row) : null;
}

/** Whether a batch can be made of a stored file. To be asked in the transaction that notes who uses it. */
export async function isFileThere(db: DatabaseOrTransaction, id: string): Promise<boolean> {
  return (await db.batchFile.count({ where: { id, ...IS_THERE } })) > 0;
}

/** A stored file, `null` when there is none of that id. */
export async function findFile(db: Database, fileId: string): Promise<StoredFile | null> {
  return db.batchFile.findUnique({ where: { id: fileId } });
}

/** Files of a provider that have the same content and a copy here, not deleted there, newest first, at most three. */
export async function findFilesOfContent(
  db: Database,
  provider: KeptFile['provider'],
  sha256: string,
): Promise<StoredFile[]> {
  const where = { sha256, provider, stored_name: { not: null }, ...IS_THERE };
  return db.batchFile.findMany({ where, orderBy: { created_at: 'desc' }, take: 3 });
}

function fromFileRow(row: BatchFileModel): BatchFile {
  const { id, filename, bytes, created_at, expires_at, purpose, status, request_count, sha256 } = row;
  return {
    id,
    object: 'file',
    filename,
    bytes,
    created_at,
    expires_at,
    purpose,
    status,
    request_count,
    sha256,
  };
}
