import { basename } from 'node:path';
import type { BatchFile } from '@batchdesk/shared';
import { saveFile } from '../db/files.ts';
import type { Deps } from '../deps.ts';

/** A file in storage, ready to be sent. */
export interface SendableFile {
  /** Name in storage. */
  name: string;
  /** What it was called where it came from. */
  filename: string;
  sha256: string;
  request_count: number | null;
}

/** Uploads a stored file to the provider and remembers under which id. */
export async function sendFile(
  { db, provider, storage }: Pick<Deps, 'db' | 'provider' | 'storage'>,
  { name, filename, sha256, request_count }: SendableFile,
): Promise<BatchFile> {
  const file = await provider.uploadFile(storage.path(name), toJsonlName(filename));
  return saveFile(db, file, { provider: provider.name, stored_name: name, sha256, request_count });
}

/** The provider takes a batch input only under a name that ends in .jsonl. */
function toJsonlName(filename: string): string {
  const name = basename(filename.replaceAll('\\', '/')) || 'batch';
  return /\.jsonl$/i.test(name) ? name : `${name}.jsonl`;
}
