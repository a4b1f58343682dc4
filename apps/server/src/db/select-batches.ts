import type { BatchFilters } from '@batchdesk/shared';
import { MARK_GLOBS, MARK_KEY } from '../submission-mark.ts';
import { Prisma } from './generated/client.ts';

/** The place of a batch in the order of a listing. */
export interface Place {
  created_at: number;
  id: string;
}

/** The part of a listing that is older than one batch, and not older than another that is in the listing. */
export interface Stretch {
  after?: Place | undefined;
  until?: Place | undefined;
}

/**
 * FROM and WHERE of what a query asks for, `q` excepted. There is an index for each combination of filters, with the
 * order of a listing. It is named here since SQLite, which knows nothing of how values are spread, prefers a shorter one
 * where there are dates, and then reads all batches of a model for those of a status.
 */
export function filterBatches(query: BatchFilters, { after, until }: Stretch = {}): Prisma.Sql {
  const { status, endpoint, model, created_after, created_before } = query;
  const kinds = Object.entries({ status, endpoint, model }).filter(([, value]) => value !== undefined);
  const index = [...kinds.map(([column]) => column), 'created_at', 'id'].join('_');
  const conditions = kinds.map(([column, value]) => Prisma.sql`${Prisma.raw(column)} = ${value}`);
  // One bound at each end, the nearer: of two SQLite takes either to find its way, and compares rows with the other.
  if (after && after.created_at < (created_before ?? Infinity)) {
    conditions.push(Prisma.sql`(created_at, id) < (${after.created_at}, ${after.id})`);
  } else if (created_before !== undefined) conditions.push(Prisma.sql`created_at < ${created_before}`);
  if (until) conditions.push(Prisma.sql`(created_at, id) >= (${until.created_at}, ${until.id})`);
  else if (created_after !== undefined) conditions.push(Prisma.sql`created_at >= ${created_after}`);
  const all = Prisma.join([Prisma.sql`TRUE`, ...conditions], ' AND ');
  return Prisma.sql`FROM batches INDEXED BY ${Prisma.raw(`batches_${index}_idx`)} WHERE ${all}`;
}

/** The order of a listing, newest first, and the part of it to read. */
export function newestFirst({ limit, offset }: { limit: number; offset: number }): Prisma.Sql {
  return Prisma.sql`ORDER BY created_at DESC, id DESC LIMIT ${limit} OFFSET ${offset}`;
}

/** Whether a batch has a text in what its user sees of it: not in our mark, and not in the signs of JSON. */
export function containsText(text: string): Prisma.Sql {
  const contains = (column: Prisma.Sql, part: string) =>
    Prisma.sql`${column} LIKE ${`%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} ESCAPE '\\'`;
  const columns = ['id', 'input_file_id', 'output_file_id', 'error_file_id', 'endpoint', 'model'];
  const own = Prisma.sql`NOT (key = ${MARK_KEY} AND (value GLOB ${MARK_GLOBS[0]} OR value GLOB ${MARK_GLOBS[1]}))`;
  const pair = Prisma.sql`(${contains(Prisma.sql`key`, text)} OR ${contains(Prisma.sql`value`, text)}) AND ${own}`;
  // The JSON is taken apart only where its text has what is looked for.
  const written = contains(Prisma.sql`metadata`, JSON.stringify(text).slice(1, -1));
  return Prisma.sql`(${Prisma.join(
    [
      ...columns.map((column) => contains(Prisma.raw(column), text)),
      Prisma.sql`(${written} AND EXISTS (SELECT 1 FROM json_each(metadata) WHERE ${pair}))`,
    ],
    ' OR ',
  )})`;
}
