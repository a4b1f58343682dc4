import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { PrismaClient } from './generated/client.ts';
import { createIsolatingAdapter } from './isolating-adapter.ts';
import { applyMigrations } from './migrate.ts';

/** The Prisma client; only this folder calls it. */
export type Database = PrismaClient;

/** The client, or the transaction that a caller has open. */
export type DatabaseOrTransaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'
>;

/** Path of the file of a `file:` URL. */
export function databasePath(url: string): string {
  return url.replace(/^file:/, '');
}

/**
 * Opens the SQLite database at a `file:` URL, made and migrated if need be.
 *
 * @throws {Error} when the file cannot be made or opened, or is of another version
 */
export async function openDatabase(url: string): Promise<Database> {
  const path = databasePath(url);
  mkdirSync(dirname(path), { recursive: true });
  const connection = new BetterSqlite3(path);
  try {
    applyMigrations(connection);
  } finally {
    connection.close();
  }
  const database = new PrismaClient({
    adapter: createIsolatingAdapter(url),
    transactionOptions: { maxWait: 60_000, timeout: 60_000 },
  });
  await database.$connect();
  return database;
}

/** Does a piece of work whose reads and writes belong together: all of it counts, or nothing. */
export function inTransaction<T>(
  db: Database,
  work: (transaction: DatabaseOrTransaction) => Promise<T>,
): Promise<T> {
  return db.$transaction(work);
}
