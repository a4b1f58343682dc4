// Proves that the totals over batches are the sums of the batches, and counts them anew if they are not.
import { existsSync } from 'node:fs';
import { ConfigError, readConfig, readEnvFile } from './config.ts';
import { databasePath, openDatabase } from './db/database.ts';
import type { Database } from './db/database.ts';
import { findWrongTotals, rebuildTotals } from './db/batch-totals.ts';
import { countAllBatches } from './db/count-batches.ts';
import { holdLock } from './db/lock.ts';

try {
  const { databaseUrl } = readConfig(process.env, readEnvFile());
  const path = databasePath(databaseUrl);
  if (!existsSync(path))
    throw new ConfigError(`There is no database at ${path}. Set DATABASE_URL to another.`);
  const db = await openDatabase(databaseUrl);
  try {
    process.exitCode = (await areRight(db)) || (await rebuild(db, path)) ? 0 : 1;
  } finally {
    await db.$disconnect();
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

/** Says which totals are wrong. This only reads: a server may work on the same database. */
async function areRight(db: Database): Promise<boolean> {
  const wrong = await findWrongTotals(db);
  for (const { table, count, examples } of wrong) {
    console.log(`${table}: ${count} wrong`);
    for (const example of examples) console.log(`  ${JSON.stringify(example)}`);
    if (count > examples.length) console.log('  …');
  }
  if (wrong.length === 0) console.log(`The totals are the sums of all ${await countAllBatches(db)} batches.`);
  return wrong.length === 0;
}

/** Counts anew. Nobody else could write meanwhile: a server would give up on what it has to store. */
async function rebuild(db: Database, path: string): Promise<boolean> {
  const letGo = holdLock(`${path}.lock`);
  try {
    console.log('Counting them anew …');
    await rebuildTotals(db);
    return await areRight(db);
  } finally {
    letGo();
  }
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'EBUSY'
    ? 'A server works on this database, and could not write while they are counted anew. Stop it, then run this again.'
    : message;
}
