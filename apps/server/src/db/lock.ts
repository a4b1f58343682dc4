import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/**
 * Makes this the only process that holds `path`, until it lets go or ends, however it ends: SQLite's own lock on a file
 * is the operating system's, and leaves nothing stale behind.
 *
 * @throws {Error} with the code `EBUSY` when another process holds it
 */
export function holdLock(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const connection = new BetterSqlite3(path, { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
    throw Object.assign(new Error(`${path} is held by another process.`), { code: 'EBUSY', path });
  }
  return () => connection.close();
}
