import { setImmediate as nextTurn } from 'node:timers/promises';
import { nowSeconds } from '../clock.ts';
import type { Database } from './database.ts';
import {
  INPUT_OF_JOB,
  JOBS_WITH_INPUT,
  STORED_FILE,
  isNamedOnly,
  namedByBatch,
  toKnownFile,
} from './known-files.ts';
import type { FileRow, KnownFile } from './known-files.ts';
import { Prisma } from './generated/client.ts';
import { isUnlinked, linkByName, linkResults } from './result-links.ts';

/** Rows looked at in one statement, and rows read in one: a few milliseconds. */
const STRETCH = { summed: 2_000, read: 400 };
/** Files told at a time. */
const PORTION = 200;
/** Files whose batches are looked for at once. */
const KEPT = 10_000;

/** How many files, and their bytes. */
export interface FileSum {
  files: number;
  bytes: number;
}

/** Whether the provider should still have a file that has a row. */
const isThere = (now: number) =>
  Prisma.sql`(status IS NULL OR status <> 'deleted') AND (expires_at IS NULL OR expires_at > ${now})`;

/** Stored files that there may be something to delete of, in portions, oldest first, their batches looked for. */
export async function* walkFiles(db: Database, provider: string): AsyncGenerator<KnownFile[]> {
  const now = nowSeconds();
  let unlinked: KnownFile[] = [];
  for await (const stretch of stretches(db, 'batch_files', STRETCH.read)) {
    const rows = await db.$queryRaw<FileRow[]>`
      SELECT ${STORED_FILE} FROM batch_files WHERE ${stretch}
        AND ((provider = ${provider} AND ${isThere(now)}) OR (stored_name IS NOT NULL AND purpose = 'batch'))`;
    for (let from = 0; from < rows.length; from += PORTION) {
      const files = await linkByName(db, rows.slice(from, from + PORTION).map(toKnownFile));
      yield files.filter((file) => !isUnlinked(file));
      unlinked.push(...files.filter(isUnlinked));
      await nextTurn();
    }
    if (unlinked.length < KEPT) continue;
    yield* inPortions(await linkResults(db, unlinked));
    unlinked = [];
  }
  if (unlinked.length > 0) yield* inPortions(await linkResults(db, unlinked));
}

function* inPortions(files: KnownFile[]): Generator<KnownFile[]> {
  for (let from = 0; from < files.length; from += PORTION) yield files.slice(from, from + PORTION);
}

/** Sums of all files at providers, and of the copies here: each of these once, however many files it is the copy of. */
export async function sumFiles(db: Database): Promise<{ at_provider: FileSum; here: FileSum }> {
  const at_provider = { files: 0, bytes: 0 };
  const here = { files: 0, bytes: 0 };
  const now = nowSeconds();
  for await (const stretch of stretches(db, 'batch_files')) {
    const isFirst = Prisma.sql`rowid = (SELECT min(same.rowid) FROM batch_files AS same
      WHERE same.stored_name = batch_files.stored_name)`;
    add(at_provider, await sumUp(db, Prisma.sql`batch_files WHERE ${stretch} AND ${isThere(now)}`));
    const copies = Prisma.sql`batch_files WHERE ${stretch} AND stored_name IS NOT NULL AND ${isFirst}`;
    add(here, await sumUp(db, copies));
  }
  for await (const stretch of stretches(db, 'batches')) {
    for (const role of ['input', 'output', 'error'] as const) {
      const named = Prisma.sql`SELECT ${namedByBatch(role)} FROM batches WHERE ${stretch} AND ${isNamedOnly(role)}`;
      add(at_provider, await sumUp(db, Prisma.sql`(${named})`));
    }
  }
  for await (const stretch of stretches(db, 'jobs')) {
    const inputs = Prisma.sql`SELECT ${INPUT_OF_JOB} FROM jobs WHERE ${stretch} AND ${JOBS_WITH_INPUT}`;
    add(here, await sumUp(db, Prisma.sql`(${inputs})`));
  }
  return { at_provider, here };
}

async function sumUp(db: Database, from: Prisma.Sql): Promise<FileSum> {
  const [row] = await db.$queryRaw<[{ files: bigint; bytes: bigint | number }]>`
    SELECT count(*) AS files, ifnull(sum(bytes), 0) AS bytes FROM ${from}`;
  return { files: Number(row.files), bytes: Number(row.bytes) };
}

function add(sum: FileSum, more: FileSum): void {
  sum.files += more.files;
  sum.bytes += more.bytes;
}

/** Conditions for one stretch of a table after the other, with turns for others in between. */
async function* stretches(
  db: Database,
  table: 'batch_files' | 'batches' | 'jobs',
  length = STRETCH.summed,
): AsyncGenerator<Prisma.Sql> {
  const rowid = Prisma.raw(`${table}.rowid`);
  const [{ last }] = await db.$queryRaw<[{ last: bigint | number | null }]>`
    SELECT max(rowid) AS last FROM ${Prisma.raw(table)}`;
  for (let from = 0; from < Number(last ?? 0); from += length) {
    yield Prisma.sql`${rowid} > ${from} AND ${rowid} <= ${from + length}`;
    await nextTurn();
  }
}
