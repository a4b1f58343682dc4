import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './database.ts';
import { Prisma } from './generated/client.ts';
import { findLastLine } from './ledgers.ts';
import { linesOfGroups } from './request-blocks.ts';
import type { RequestBlock } from './request-blocks.ts';

/** Lines looked through in one statement, in an index: under a millisecond, ten of thousands of groups in one stretch. */
const STRETCH = 10_000;

/** Requests in a part of the input, in input order. */
interface Stretch {
  /** FROM and WHERE of those in lines after one and up to another. */
  select(after: number, until: number): Prisma.Sql;
  first: number;
  last: number;
  count: number;
}

/**
 * The line before that of the request at an offset, of all requests of a job, and how many these are. Where the input has
 * no blank lines that is the offset; otherwise lines are counted from the nearer end.
 */
export async function findPlaceInJob(
  db: Database,
  job_id: string,
  offset: number,
): Promise<{ place: number; total: number }> {
  const last = await findLastLine(db, job_id);
  const job = await db.job.findUnique({ where: { id: job_id }, select: { total_requests: true } });
  const total = job?.total_requests ?? 0;
  if (offset >= total) return { place: last, total };
  if (offset === 0 || last === total) return { place: offset, total };
  // Each request was sent a first time, and the key has that: no row is read.
  const select = (after: number, until: number) => Prisma.sql`FROM requests
    WHERE job_id = ${job_id} AND line > ${after} AND line <= ${until} AND attempt = 1`;
  return { place: await findPlace(db, { select, first: 1, last, count: total }, offset), total };
}

/** The line before that of the request at an offset, of all in these blocks: lines are counted in one of them only. */
export async function findPlaceInBlocks(
  db: Database,
  blocks: readonly RequestBlock[],
  offset: number,
): Promise<number> {
  let before = offset;
  for (const block of blocks) {
    const { groups, first, last, count } = block;
    if (before < count) return findPlace(db, { select: linesOfGroups(groups), first, last, count }, before);
    before -= count;
  }
  return blocks.at(-1)?.last ?? 0;
}

async function findPlace(db: Database, stretch: Stretch, offset: number): Promise<number> {
  const { select, first, last, count } = stretch;
  const isNearEnd = offset > count / 2;
  let rest = isNearEnd ? count - 1 - offset : offset;
  for (let passed = 0; passed <= last - first; passed += STRETCH) {
    const after = isNearEnd ? last - passed - STRETCH : first - 1 + passed;
    const here = select(after, after + STRETCH);
    const [{ requests }] = await db.$queryRaw<[{ requests: bigint }]>`SELECT count(*) AS requests ${here}`;
    if (rest < Number(requests)) return (await findNth(db, here, { rest, isNearEnd })) - 1;
    rest -= Number(requests);
    await nextTurn();
  }
  return last; // there are fewer by now
}

async function findNth(
  db: Database,
  here: Prisma.Sql,
  { rest, isNearEnd }: { rest: number; isNearEnd: boolean },
): Promise<number> {
  const order = Prisma.raw(isNearEnd ? 'DESC' : 'ASC');
  const [row] = await db.$queryRaw<{ line: number }[]>`
    SELECT line ${here} ORDER BY line ${order} LIMIT 1 OFFSET ${rest}`;
  return row!.line;
}
