import { ACTIVE_STATUSES } from '@batchdesk/shared';
import type { FileRole } from '@batchdesk/shared';
import type { DatabaseOrTransaction } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { KnownFile } from './known-files.ts';

/** Jobs that have to do with a file, by what it is to them: the id of one, `null` where there is none. */
export interface FileJobs {
  /** A batch that has not ended reads it. */
  active: string | null;
  /** A submission that has no batch yet will send it, or has uploaded it. */
  waiting: string | null;
  /** It is a result of a batch whose results are still to be brought here. */
  uncollected: string | null;
  /** Where there is no copy of it here, nothing else tells what is in it. */
  only: string | null;
  /** A job that uses it, or its copy, and has not ended. */
  open: string | null;
  /** A job whose batch was made elsewhere. */
  elsewhere: string | null;
  /** Any job that uses it or its copy. */
  any: string | null;
}

/** A job that has a file, as what. */
interface FileUse {
  job_id: string;
  name: string | null;
  role: FileRole;
}

/** Uses that are counted at most: the same file may be sent with each of very many batches. */
const COUNTED = 1_000;
/** Uses that are told. */
const TOLD = 3;

/** What of a file tells its jobs. */
type FileNames = Pick<KnownFile, 'id' | 'filename' | 'stored_name' | 'batch_id' | 'role'>;

/** Files as rows of a statement. */
function asRows(files: readonly FileNames[]): Prisma.Sql {
  const rows = files.map(({ id, filename, stored_name, batch_id, role }) => [
    id,
    stored_name,
    role === 'input' ? null : batch_id,
    role,
    // An upload of a submission is named after it.
    /^(sub_\w+)\.jsonl$/.exec(filename ?? '')?.[1] ?? null,
  ]);
  return Prisma.sql`wanted AS MATERIALIZED (
      SELECT value->>0 AS id, value->>1 AS copy, value->>2 AS result_of, value->>3 AS role, value->>4 AS sent_by
      FROM json_each(${JSON.stringify(rows)})),
    waiting AS MATERIALIZED (
      SELECT input_file_id, job_id FROM submissions WHERE settled_at IS NULL AND input_file_id IS NOT NULL
        AND status IN ('planned', 'waiting_for_capacity', 'uploading', 'creating'))`;
}

/** The jobs that use a file, with its role: at most so many of each way to use it. */
const USES = Prisma.sql`
  SELECT * FROM (SELECT job_id, 'input' AS role FROM batches WHERE input_file_id = wanted.id LIMIT ${COUNTED})
  UNION SELECT * FROM (SELECT id, 'input' FROM jobs WHERE input_name = wanted.copy AND status <> 'accepting' LIMIT ${COUNTED})
  UNION SELECT job_id, wanted.role FROM batches WHERE id = wanted.result_of
  UNION SELECT job_id, 'input' FROM waiting WHERE input_file_id = wanted.id`;

/** What a job is called: its name, else the one in its metadata. */
const NAME = Prisma.sql`coalesce(jobs.name, nullif(trim(jobs.metadata->>'$.batch_name'), ''))`;

/** What jobs have to do with files whose batches were looked for, by the id of the file. */
export async function findFileJobs(
  db: DatabaseOrTransaction,
  files: readonly FileNames[],
): Promise<Map<string, FileJobs>> {
  if (files.length === 0) return new Map();
  const active = Prisma.join([...ACTIVE_STATUSES]);
  const usedBy = (condition: Prisma.Sql) => Prisma.sql`coalesce(
    (SELECT jobs.id FROM batches JOIN jobs ON jobs.id = batches.job_id WHERE input_file_id = wanted.id AND ${condition} LIMIT 1),
    (SELECT jobs.id FROM jobs WHERE input_name = wanted.copy AND ${condition} LIMIT 1),
    (SELECT jobs.id FROM batches JOIN jobs ON jobs.id = batches.job_id WHERE batches.id = wanted.result_of AND ${condition}))`;
  const rows = await db.$queryRaw<(FileJobs & { id: string })[]>`
    WITH ${asRows(files)}
    SELECT id,
      (SELECT job_id FROM batches WHERE input_file_id = wanted.id AND status IN (${active}) LIMIT 1) AS active,
      coalesce((SELECT job_id FROM waiting WHERE input_file_id = wanted.id LIMIT 1),
        (SELECT job_id FROM submissions WHERE id = wanted.sent_by AND settled_at IS NULL AND batch_id IS NULL)) AS waiting,
      (SELECT job_id FROM batches JOIN jobs ON jobs.id = batches.job_id
        WHERE batches.id = wanted.result_of AND collected_at IS NULL AND jobs.kind <> 'imported') AS uncollected,
      coalesce((SELECT job_id FROM batches WHERE id = wanted.result_of),
        (SELECT job_id FROM batches JOIN jobs ON jobs.id = batches.job_id
          WHERE input_file_id = wanted.id AND jobs.input_name IS NULL LIMIT 1)) AS only,
      ${usedBy(Prisma.sql`jobs.status IN ('accepting', 'in_progress', 'cancelling')`)} AS open,
      ${usedBy(Prisma.sql`jobs.kind = 'imported'`)} AS elsewhere,
      coalesce(${usedBy(Prisma.sql`TRUE`)}, (SELECT job_id FROM waiting WHERE input_file_id = wanted.id LIMIT 1)) AS any
    FROM wanted`;
  return new Map(rows.map(({ id, ...jobs }) => [id, jobs]));
}

/** Jobs that have these files, three of each, and how many have it: 1,000 is that many or more. */
export async function findFileUses(
  db: DatabaseOrTransaction,
  files: readonly KnownFile[],
): Promise<Map<string, { used_by: FileUse[]; used_by_count: number }>> {
  const rows = await db.$queryRaw<{ id: string; uses: string; count: bigint | number }[]>`
    WITH ${asRows(files)}
    SELECT id,
      (SELECT json_group_array(json_object('job_id', job_id, 'name', ${NAME}, 'role', role)) FROM (
        SELECT job_id, min(role) AS role FROM (${USES}) GROUP BY job_id ORDER BY job_id LIMIT ${TOLD}
      ) LEFT JOIN jobs ON jobs.id = job_id) AS uses,
      (SELECT count(*) FROM (SELECT DISTINCT job_id FROM (${USES}) LIMIT ${COUNTED})) AS count
    FROM wanted`;
  return new Map(
    rows.map(({ id, uses, count }) => [
      id,
      { used_by: JSON.parse(uses) as FileUse[], used_by_count: Number(count) },
    ]),
  );
}
