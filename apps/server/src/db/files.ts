import type { BatchFile } from '@batchdesk/shared';
import type { ProviderFile } from '../provider/provider.ts';
import type { Database } from './database.ts';
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

/** Stores a file, or what is new about it. */
export async function saveFile(db: Database, file: ProviderFile, kept: KeptFile): Promise<BatchFile> {
  const data = { ...file, ...kept };
  return fromFileRow(await db.batchFile.upsert({ where: { id: file.id }, create: data, update: data }));
}

/** A stored file, `null` when there is none of that id. */
export async function findFile(db: Database, fileId: string): Promise<StoredFile | null> {
  return db.batchFile.findUnique({ where: { id: fileId } });
}

/** Files of a provider that have the same content and are not deleted there, newest first, at most three. */
export async function findFilesOfContent(
  db: Database,
  provider: KeptFile['provider'],
  sha256: string,
): Promise<StoredFile[]> {
  const isThere = { OR: [{ status: null }, { status: { notIn: ['deleting', 'deleted'] } }] };
  const where = { sha256, provider, ...isThere };
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
