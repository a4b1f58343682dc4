import type { JobFilters, ListJobs, MetadataFilter } from '@batchdesk/shared';
import { MARK_GLOBS, MARK_KEY } from '../submission-mark.ts';
import { Prisma } from './generated/client.ts';

/** Which jobs are asked for; with `ids`, of those that match only these. */
export type JobQuery = JobFilters & { ids?: readonly string[] | undefined };

/** The order of a list of jobs. Those without a value come last, in both orders. */
export type JobOrder = Pick<ListJobs, 'sort' | 'order'>;

/** The columns by which jobs are sorted. */
export const SORT_COLUMNS = {
  created_at: 'created_at',
  finished_at: 'finished_at',
  requests: 'request_count',
  cost: 'cost',
} as const satisfies Record<ListJobs['sort'], string>;

/** The columns that a filter compares as they are, and that begin an index: those first that few jobs have in common. */
export const EQUAL_COLUMNS = ['input_sha256', 'state', 'has_errors', 'kind', 'status', 'endpoint'] as const;

/** The filters that compare a column as it is, each with its condition. */
export function equalFilters(query: JobQuery): { column: (typeof EQUAL_COLUMNS)[number]; is: Prisma.Sql }[] {
  return EQUAL_COLUMNS.flatMap((column) => {
    const value = query[column];
    return value === undefined ? [] : [{ column, is: Prisma.sql`${Prisma.raw(column)} = ${value}` }];
  });
}

/** What has to hold of a job that a query asks for, dates excepted. */
export function matchJob(query: JobQuery): Prisma.Sql {
  const { ids, model, q, metadata } = query;
  const conditions = [
    Prisma.sql`jobs.status <> 'accepting'`,
    ...equalFilters(query).map(({ is }) => is),
    ...(ids ? [Prisma.sql`jobs.id IN (${idsOf(ids)})`] : []),
    ...(model === undefined ? [] : [hasModel((column) => Prisma.sql`${column} = ${model}`)]),
    ...(metadata ? [hasPair(metadata)] : []),
    ...(q === undefined ? [] : [containsText(q)]),
  ];
  return Prisma.join(conditions, ' AND ');
}

/** What the dates of a query ask of a job. */
export function isWithin({ created_after, created_before }: JobQuery): Prisma.Sql {
  const after = created_after === undefined ? [] : [Prisma.sql`created_at >= ${created_after}`];
  const before = created_before === undefined ? [] : [Prisma.sql`created_at < ${created_before}`];
  return Prisma.join([Prisma.sql`TRUE`, ...after, ...before], ' AND ');
}

/** Ids as rows. */
export function idsOf(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`SELECT value FROM json_each(${JSON.stringify(ids)})`;
}

/** Whether a model of a job is such: that of a batch, or of a submission that has none. */
function hasModel(is: (column: Prisma.Sql) => Prisma.Sql): Prisma.Sql {
  const isSuch = is(Prisma.sql`model`);
  return Prisma.sql`(EXISTS (SELECT 1 FROM batches WHERE job_id = jobs.id AND ${isSuch})
    OR EXISTS (SELECT 1 FROM submissions WHERE job_id = jobs.id AND batch_id IS NULL AND ${isSuch}))`;
}

/** Only what comes from the provider may carry our mark. */
const IS_OWN = Prisma.sql`NOT (jobs.kind = 'imported' AND key = ${MARK_KEY}
  AND (value GLOB ${MARK_GLOBS[0]} OR value GLOB ${MARK_GLOBS[1]}))`;

function hasPair({ key, value }: MetadataFilter): Prisma.Sql {
  const isValue = value === undefined ? Prisma.sql`TRUE` : Prisma.sql`value = ${value}`;
  // The JSON is taken apart only where its text has what is looked for.
  return Prisma.sql`(instr(jobs.metadata, ${JSON.stringify(key)}) > 0
    AND EXISTS (SELECT 1 FROM json_each(jobs.metadata) WHERE key = ${key} AND ${isValue} AND ${IS_OWN}))`;
}

/** Whether a job has a text in what its user sees of it: not in our mark, and not in the signs of JSON. */
function containsText(text: string): Prisma.Sql {
  const contains = (column: Prisma.Sql, part = text) =>
    Prisma.sql`${column} LIKE ${`%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} ESCAPE '\\'`;
  const pair = Prisma.sql`(${contains(Prisma.sql`key`)} OR ${contains(Prisma.sql`value`)}) AND ${IS_OWN}`;
  const written = contains(Prisma.sql`jobs.metadata`, JSON.stringify(text).slice(1, -1));
  return Prisma.sql`(${Prisma.join(
    [
      ...['id', 'name', 'endpoint'].map((column) => contains(Prisma.raw(`jobs.${column}`))),
      Prisma.sql`(${written} AND EXISTS (SELECT 1 FROM json_each(jobs.metadata) WHERE ${pair}))`,
      Prisma.sql`EXISTS (SELECT 1 FROM batches WHERE job_id = jobs.id AND ${contains(Prisma.sql`batches.id`)})`,
      hasModel((column) => contains(column)),
    ],
    ' OR ',
  )})`;
}
