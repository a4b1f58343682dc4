import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';

const MIGRATIONS_DIR = join(import.meta.dirname, '../../../../prisma/migrations');

/** Prisma's own bookkeeping table, so that its tools understand a database that we migrated. */
const BOOKKEEPING = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "checksum" TEXT NOT NULL,
    "finished_at" DATETIME,
    "migration_name" TEXT NOT NULL,
    "logs" TEXT,
    "rolled_back_at" DATETIME,
    "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
  )`;

interface AppliedMigration {
  migration_name: string;
  checksum: string;
}

/**
 * Applies the migrations that a database lacks, each in a transaction of its own. Returns their names.
 *
 * @throws {Error} when the database has migrations that this version does not know, or knows otherwise
 */
export function applyMigrations(database: Database, migrationsDir = MIGRATIONS_DIR): string[] {
  database.exec(BOOKKEEPING);
  const applied = database
    .prepare<[], AppliedMigration>('SELECT migration_name, checksum FROM _prisma_migrations')
    .all();
  const known = readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readMigration(migrationsDir, entry.name))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  for (const { migration_name, checksum } of applied) {
    if (known.find((migration) => migration.name === migration_name)?.checksum === checksum) continue;
    throw new Error(
      `The database was made by another version of Batchdesk (migration ${migration_name}). Use that version, or another DATABASE_URL.`,
    );
  }
  const missing = known.filter(({ name }) => !applied.some((row) => row.migration_name === name));
  for (const migration of missing) applyMigration(database, migration);
  return missing.map(({ name }) => name);
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

function readMigration(migrationsDir: string, name: string): Migration {
  const sql = readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}

function applyMigration(database: Database, { name, sql, checksum }: Migration): void {
  // Tables are rebuilt under other names on the way: foreign keys are checked once, at the end. The pragma does
  // nothing inside a transaction.
  database.pragma('foreign_keys = OFF');
  database.transaction(() => {
    database.exec(sql);
    const broken = database.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`Migration ${name} breaks ${broken.length} foreign key(s).`);
    const now = new Date().toISOString();
    database
      .prepare(
        'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)',
      )
      .run(randomUUID(), checksum, name, now, now);
  })();
  database.pragma('foreign_keys = ON');
}
