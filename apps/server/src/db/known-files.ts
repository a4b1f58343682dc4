import type { FileRole } from '@batchdesk/shared';
import type { DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';

/**
 * A file that is known here: stored in `batch_files`, named by a batch whose files were never asked for, or the input of a job
 * that went to the provider in parts. What is not known of it is `null`.
 */
export interface KnownFile {
  id: string;
  filename: string | null;
  purpose: string;
  bytes: number | null;
  created_at: number;
  expires_at: number | null;
  request_count: number | null;
  sha256: string | null;
  /** `null` for one that is here only. */
  provider: 'openai' | 'local' | null;
  /** That of the provider; `deleting` and `deleted` are ours. */
  status: string | null;
  /** Where our copy is, if there is one. */
  stored_name: string | null;
  /** The batch that has it, and as what, once that was looked for. */
  batch_id: string | null;
  role: FileRole | null;
  /** Whether it has a row of its own. */
  is_stored: boolean;
}

/** The columns of files that have a row. */
export const STORED_FILE = Prisma.sql`id, filename, purpose, bytes, created_at, expires_at, request_count, sha256, provider,
  status, stored_name, NULL AS batch_id, NULL AS role, 1 AS is_stored`;

/** Of a job: the place in storage is its only name. Inputs are stored as `inputs/<id>.jsonl`. */
export const INPUT_OF_JOB = Prisma.sql`substr(input_name, 8, length(input_name) - 13) AS id,
  substr(input_name, 8) AS filename, 'batch' AS purpose, input_bytes AS bytes, created_at, NULL AS expires_at,
  total_requests AS request_count, input_sha256 AS sha256, NULL AS provider, NULL AS status, input_name AS stored_name,
  NULL AS batch_id, 'input' AS role, 0 AS is_stored`;

/** Jobs whose input is no file at the provider, one for each input. */
export const JOBS_WITH_INPUT = Prisma.sql`input_name GLOB 'inputs/input_*' AND status <> 'accepting'
  AND NOT EXISTS (SELECT 1 FROM batch_files WHERE stored_name = jobs.input_name)
  AND jobs.rowid = (SELECT rowid FROM jobs AS same WHERE same.input_name = jobs.input_name AND same.status <> 'accepting'
    ORDER BY same.rowid DESC LIMIT 1)`;

/** A file that a batch names and that has no row, from a row of `batches`. */
export function namedByBatch(role: FileRole): Prisma.Sql {
  const column = Prisma.raw(`${role}_file_id`);
  const filename = role === 'input' ? Prisma.sql`NULL` : Prisma.sql`batches.id || ${`_${role}.jsonl`}`;
  return Prisma.sql`${column} AS id, ${filename} AS filename, ${role === 'input' ? 'batch' : 'batch_output'} AS purpose,
    NULL AS bytes, created_at, NULL AS expires_at, NULL AS request_count, NULL AS sha256, provider, NULL AS status,
    NULL AS stored_name, batches.id AS batch_id, ${role} AS role, 0 AS is_stored`;
}

/** Whether a row of `batches` is the one to name its file: it has no row, and of batches with the same input the latest does. */
export function isNamedOnly(role: FileRole): Prisma.Sql {
  const column = Prisma.raw(`batches.${role}_file_id`);
  const others =
    role === 'input'
      ? Prisma.sql`AND batches.rowid = (SELECT rowid FROM batches AS same WHERE same.input_file_id = ${column}
          ORDER BY same.rowid DESC LIMIT 1)`
      : Prisma.empty;
  return Prisma.sql`${column} <> '' AND NOT EXISTS (SELECT 1 FROM batch_files WHERE id = ${column}) ${others}`;
}

/** A row as these columns give it. */
export type FileRow = { [Key in keyof KnownFile]: KnownFile[Key] | bigint };

/** SQLite tells no type of what comes of several tables. */
export function toKnownFile(row: FileRow): KnownFile {
  const number = (value: unknown) => (value === null ? null : Number(value));
  return {
    ...(row as KnownFile),
    bytes: number(row.bytes),
    created_at: Number(row.created_at),
    expires_at: number(row.expires_at),
    request_count: number(row.request_count),
    is_stored: Boolean(Number(row.is_stored)),
  };
}

/** A file by its id, result files that only a batch names excepted: see `findResultsById`. */
export async function findKnownFile(db: DatabaseOrTransaction, id: string): Promise<KnownFile | null> {
  const [row] = await db.$queryRaw<FileRow[]>`
    SELECT * FROM (
      SELECT ${STORED_FILE} FROM batch_files WHERE id = ${id}
      UNION ALL SELECT ${namedByBatch('input')} FROM batches
        WHERE input_file_id = ${id} AND ${isNamedOnly('input')}
      UNION ALL SELECT ${INPUT_OF_JOB} FROM jobs
        WHERE input_name = ${`inputs/${id}.jsonl`} AND ${JOBS_WITH_INPUT}
    ) LIMIT 1`;
  return row ? toKnownFile(row) : null;
}
