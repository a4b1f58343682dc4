import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BatchFilters } from '@batchdesk/shared';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import type { BatchModel } from './generated/models.ts';
import { containsText, filterBatches, newestFirst } from './select-batches.ts';
import type { Place } from './select-batches.ts';

/** Batches looked at in one statement: a few milliseconds, in which the server does nothing else. */
const STRETCH = 2_000;

/** The part of a listing to read; no more of it once `signal` says that nobody waits. */
export interface SearchedPage {
  after: Place | undefined;
  limit: number;
  offset: number;
  signal?: AbortSignal;
}

/**
 * The rows of the batches that have a text, newest first. No index has the text: the batches are looked through from the
 * newest on, with turns for others in between, until the page is full.
 */
export async function searchBatches(
  db: Database,
  query: BatchFilters & { q: string },
  page: SearchedPage,
): Promise<BatchModel[]> {
  const rows: BatchModel[] = [];
  let { after, offset } = page;
  let until: Place | undefined;
  do {
    until = await findEnd(db, query, after);
    const matching = Prisma.sql`${filterBatches(query, { after, until })} AND ${containsText(query.q)}`;
    const wanted = newestFirst({ limit: page.limit - rows.length, offset });
    rows.push(...(await db.$queryRaw<BatchModel[]>`SELECT * ${matching} ${wanted}`));
    if (offset > 0) offset = rows.length > 0 ? 0 : offset - (await count(db, matching));
    after = until;
    // SQLite answers at once, and nothing else runs in between unless it is let.
    await nextTurn();
  } while (until && rows.length < page.limit && !page.signal?.aborted);
  return rows;
}

/** The last batch of the stretch that begins after one; none when no more than a stretch is left. */
async function findEnd(
  db: Database,
  query: BatchFilters,
  after: Place | undefined,
): Promise<Place | undefined> {
  const last = newestFirst({ limit: 1, offset: STRETCH - 1 });
  const [end] = await db.$queryRaw<Place[]>`
    SELECT created_at, id ${filterBatches(query, { after })} ${last}`;
  return end;
}

async function count(db: Database, matching: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<[{ batches: bigint }]>`SELECT count(*) AS batches ${matching}`;
  return Number(row.batches);
}
