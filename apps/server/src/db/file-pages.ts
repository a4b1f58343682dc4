import { setImmediate as nextTurn } from 'node:timers/promises';
import { FILE_ROLES } from '@batchdesk/shared';
import type { FileRole, ListFiles } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import {
  INPUT_OF_JOB,
  JOBS_WITH_INPUT,
  STORED_FILE,
  isNamedOnly,
  namedByBatch,
  toKnownFile,
} from './known-files.ts';
import type { FileRow, KnownFile } from './known-files.ts';

/** A place in the list of files, newest first: what is older comes after it. */
export interface FilePlace {
  created_at: number;
  id: string;
}

/** Files, batches and jobs looked at in one statement: a few milliseconds. */
const STRETCH = 1_000;
/** Before all files. */
const NEWEST: FilePlace = { created_at: Number.MAX_SAFE_INTEGER, id: '' };

type Filters = Pick<ListFiles, 'limit' | 'purpose' | 'q'>;

/**
 * Files that match, after a place, newest first, at most `limit`. They are looked through in stretches of time, with turns for
 * others in between, until there are enough.
 */
export async function readFiles(
  db: Database,
  { limit, ...filters }: Filters,
  after: FilePlace = NEWEST,
): Promise<KnownFile[]> {
  const files: KnownFile[] = [];
  for (let place: FilePlace | null = after; place && files.length < limit;) {
    const from: number | null = await findEnd(db, place);
    files.push(...(await readStretch(db, { ...filters, limit: limit - files.length }, { place, from })));
    place = from === null ? null : { created_at: from, id: '' };
    await nextTurn();
  }
  return files;
}

/** When the stretch begins that ends at a place, `null` when it has all that is left. */
async function findEnd(db: Database, { created_at, id }: FilePlace): Promise<number | null> {
  const order = Prisma.sql`ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET ${STRETCH - 1}`;
  const [row] = await db.$queryRaw<[Record<'files' | 'batches' | 'jobs', bigint | number | null>]>`
    SELECT (SELECT created_at FROM batch_files WHERE (created_at, id) < (${created_at}, ${id}) ${order}) AS files,
      (SELECT created_at FROM batches WHERE created_at <= ${created_at} ${order}) AS batches,
      (SELECT created_at FROM jobs WHERE created_at <= ${created_at} ${order}) AS jobs`;
  const ends = [row.files, row.batches, row.jobs].filter((end) => end !== null).map(Number);
  return ends.length === 0 ? null : Math.max(...ends);
}

async function readStretch(
  db: Database,
  filters: Filters,
  { place, from }: { place: FilePlace; from: number | null },
): Promise<KnownFile[]> {
  const during = Prisma.sql`created_at >= ${from ?? 0} AND created_at <= ${place.created_at}`;
  const rows = await db.$queryRaw<FileRow[]>`
    SELECT * FROM (
      SELECT ${STORED_FILE} FROM batch_files WHERE ${during}
      ${named('input', during)} ${named('output', during)} ${named('error', during)}
      UNION ALL SELECT ${INPUT_OF_JOB} FROM jobs WHERE ${during} AND ${JOBS_WITH_INPUT}
    ) ${matching(filters, place)}`;
  return rows.map(toKnownFile);
}

function named(role: FileRole, during: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`UNION ALL
    SELECT ${namedByBatch(role)} FROM batches WHERE ${during} AND ${isNamedOnly(role)}`;
}

function matching({ limit, purpose, q }: Filters, { created_at, id }: FilePlace): Prisma.Sql {
  const conditions = [Prisma.sql`(created_at, id) < (${created_at}, ${id})`];
  if (purpose !== undefined) conditions.push(Prisma.sql`purpose = ${purpose}`);
  if (q !== undefined) {
    const text = `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    conditions.push(Prisma.sql`(id LIKE ${text} ESCAPE '\\' OR filename LIKE ${text} ESCAPE '\\')`);
  }
  return Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
}

/** The same of the files of a job: of its batches and submissions, and those whose copy is its input. */
export async function readFilesOfJob(
  db: Database,
  jobId: string,
  { filters, after = NEWEST }: { filters: Filters; after?: FilePlace | undefined },
): Promise<KnownFile[]> {
  const ofBatches = FILE_ROLES.map(
    (role) => Prisma.sql`
      SELECT ${Prisma.raw(`${role}_file_id`)} AS id, ${role} AS role, id AS batch_id FROM batches WHERE job_id = ${jobId}`,
  );
  const rows = await db.$queryRaw<FileRow[]>`
    WITH named AS (
      SELECT id, min(role) AS role, max(batch_id) AS batch_id FROM (
        ${Prisma.join(ofBatches, ' UNION ALL ')}
        UNION ALL SELECT input_file_id, 'input', NULL FROM submissions WHERE job_id = ${jobId} AND batch_id IS NULL
        UNION ALL SELECT batch_files.id, 'input', NULL
          FROM jobs JOIN batch_files ON batch_files.stored_name = jobs.input_name WHERE jobs.id = ${jobId}
      ) WHERE id <> '' GROUP BY id
    )
    SELECT * FROM (
      SELECT id, stored.filename, stored.purpose, stored.bytes, stored.created_at, stored.expires_at, stored.request_count,
        stored.sha256, stored.provider, stored.status, stored.stored_name, named.batch_id, named.role, 1 AS is_stored
      FROM named JOIN batch_files AS stored USING (id)
      ${unstored('input')} ${unstored('output')} ${unstored('error')}
      UNION ALL SELECT ${INPUT_OF_JOB} FROM jobs WHERE id = ${jobId} AND input_name GLOB 'inputs/input_*'
        AND NOT EXISTS (SELECT 1 FROM batch_files WHERE stored_name = jobs.input_name)
    ) ${matching(filters, after)}`;
  return rows.map(toKnownFile);
}

function unstored(role: FileRole): Prisma.Sql {
  return Prisma.sql`UNION ALL
    SELECT ${namedByBatch(role)} FROM batches WHERE id IN (SELECT batch_id FROM named WHERE role = ${role})
      AND NOT EXISTS (SELECT 1 FROM batch_files WHERE id = ${Prisma.raw(`batches.${role}_file_id`)})`;
}
