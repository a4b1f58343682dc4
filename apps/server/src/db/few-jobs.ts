import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { equalFilters, idsOf, isWithin } from './select-jobs.ts';
import type { JobQuery } from './select-jobs.ts';

/** Jobs that are read and sorted in one statement: some milliseconds. */
const FEW = 1_000;

/**
 * The ids of few jobs among which are all that a query asks for, if one of its filters leaves so few; then these are looked at
 * rather than a list of all. `null` when each leaves many.
 */
export async function findFewJobs(db: Database, query: JobQuery): Promise<Prisma.Sql | null> {
  for (const ids of candidates(query)) {
    const [{ jobs }] = await db.$queryRaw<[{ jobs: bigint }]>`
      SELECT count(*) AS jobs FROM (SELECT 1 FROM (${ids}) LIMIT ${FEW + 1})`;
    if (jobs <= FEW) return ids;
  }
  return null;
}

function candidates(query: JobQuery): Prisma.Sql[] {
  const { ids, model, created_after, created_before } = query;
  const ofModel = (table: Prisma.Sql) => Prisma.sql`SELECT job_id AS id FROM ${table} AND model = ${model}`;
  const hasDates = created_after !== undefined || created_before !== undefined;
  return [
    ...(ids ? [idsOf(ids)] : []),
    ...(model === undefined
      ? []
      : [
          Prisma.sql`${ofModel(Prisma.sql`batches INDEXED BY batches_model_created_at_id_idx WHERE TRUE`)}
            UNION ALL ${ofModel(Prisma.sql`submissions INDEXED BY submissions_model_batch_id_job_id_idx WHERE batch_id IS NULL`)}`,
        ]),
    ...equalFilters(query).map(
      ({ column, is }) =>
        Prisma.sql`SELECT id FROM jobs INDEXED BY ${Prisma.raw(`jobs_${column}_created_at_id_idx`)} WHERE ${is}`,
    ),
    ...(hasDates
      ? [Prisma.sql`SELECT id FROM jobs INDEXED BY jobs_created_at_id_idx WHERE ${isWithin(query)}`]
      : []),
  ];
}
