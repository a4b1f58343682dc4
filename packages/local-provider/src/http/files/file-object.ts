import type { FileRecord } from '../../storage/file-store.ts';
import { toUnixSeconds } from '../../time.ts';

/** A file as the API shows it. Times in Unix seconds. */
export interface FileObject {
  id: string;
  object: 'file';
  bytes: number;
  created_at: number;
  expires_at: number;
  filename: string;
  purpose: 'batch' | 'batch_output';
  status: 'processed';
  status_details: null;
}

/** Shows a file. */
export function toFileObject({
  id,
  bytes,
  createdAtMs,
  expiresAtMs,
  filename,
  purpose,
}: FileRecord): FileObject {
  return {
    id,
    object: 'file',
    bytes,
    created_at: toUnixSeconds(createdAtMs),
    expires_at: toUnixSeconds(expiresAtMs),
    filename,
    purpose,
    status: 'processed',
    status_details: null,
  };
}
