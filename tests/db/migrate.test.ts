import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openDatabase } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { findWrongTotals } from '../../apps/server/src/db/batch-totals.ts';
import { costUnpriced } from '../../apps/server/src/pricing/cost-unpriced.ts';
import { applyMigrations } from '../../apps/server/src/db/migrate.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { countTotals, readKeptTotals } from './count-totals.ts';
import { openTestDatabase } from './open-test-database.ts';

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');

type Connection = Parameters<typeof applyMigrations>[0];
const BetterSqlite3 = createRequire(new URL('../../apps/server/package.json', import.meta.url))(
  'better-sqlite3',
) as new (path: string) => Connection;

/** A folder with a database and migrations of its own. */
async function prepare(migrations: Record<string, string>) {
  const folder = await temporaryFolder();
  const migrationsDir = join(folder.path, 'migrations');
  const connection = new BetterSqlite3(join(folder.path, 'test.db'));
  async function write(name: string, sql: string) {
    await mkdir(join(migrationsDir, name), { recursive: true });
    await writeFile(join(migrationsDir, name, 'migration.sql'), sql);
  }
  await mkdir(migrationsDir);
  for (const [name, sql] of Object.entries(migrations)) await write(name, sql);
  await writeFile(join(migrationsDir, 'migration_lock.toml'), 'provider = "sqlite"\n');
  return {
    connection,
    write,
    migrate: () => applyMigrations(connection, migrationsDir),
    tables: () => names(connection),
    async [Symbol.asyncDispose]() {
      connection.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

function names(connection: Connection): unknown[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
  return connection.prepare(`${sql} AND name NOT LIKE 'sqlite%' ORDER BY name`).pluck().all();
}

const history = (connection: Connection) => connection.prepare('SELECT * FROM _prisma_migrations').all();

const ONE = 'CREATE TABLE one (id INTEGER PRIMARY KEY);';
const TWO = 'CREATE TABLE two (id INTEGER PRIMARY KEY, one_id INTEGER REFERENCES one (id));';

test('an empty file is migrated, and a second start changes nothing', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'not/yet/there/batches.db');
  const startOnce = async () => {
    const db = await openDatabase(`file:${path}`);
    await db.$disconnect();
    const connection = new BetterSqlite3(path);
    const state = { tables: names(connection), history: history(connection) };
    connection.close();
    return state;
  };
  const first = await startOnce();
  expect(first.tables).toEqual([
    'batch_files',
    'batch_issues',
    'batch_totals',
    'batches',
    'budgets',
    'deleted_costs',
    'duration_totals',
    'events',
    'idempotency_keys',
    'job_totals',
    'jobs',
    'model_limits',
    'prices',
    'provider_pauses',
    'requests',
    'submissions',
    'webhook_deliveries',
  ]);
  expect(first.history).not.toEqual([]);
  expect(await startOnce()).toEqual(first);
});

test('migrations are applied in the order of their names, each once', async () => {
  await using prepared = await prepare({ '2_two': TWO, '1_one': ONE });
  expect(prepared.migrate()).toEqual(['1_one', '2_two']);
  expect(prepared.migrate()).toEqual([]);
  await prepared.write('3_three', 'CREATE TABLE three (id INTEGER);');
  expect(prepared.migrate()).toEqual(['3_three']);
  expect(prepared.tables()).toEqual(['one', 'three', 'two']);
});

test('a migration that was changed since is refused, and nothing is applied', async () => {
  await using prepared = await prepare({ '1_one': ONE });
  prepared.migrate();
  await prepared.write('1_one', `${ONE} -- changed`);
  await prepared.write('2_two', TWO);
  expect(() => prepared.migrate()).toThrow(/another version of Batchdesk \(migration 1_one\).*DATABASE_URL/);
  expect(prepared.tables()).toEqual(['one']);
});

test('a database of a newer version is refused', async () => {
  await using prepared = await prepare({ '1_one': ONE });
  prepared.migrate();
  prepared.connection.exec(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '9_newer')",
  );
  expect(() => prepared.migrate()).toThrow(/another version of Batchdesk \(migration 9_newer\)/);
});

test('openDatabase refuses such a database too', async () => {
  await using database = await openTestDatabase();
  await database.db.$executeRaw`UPDATE _prisma_migrations SET checksum = 'changed'`;
  await expect(openDatabase(`file:${database.path}`)).rejects.toThrow(/another version of Batchdesk/);
});

test('a migration that fails half-way leaves nothing, and those before it stay', async () => {
  const halfWay = `${TWO} INSERT INTO one VALUES (1); CREATE TABLE one (id INTEGER);`;
  await using prepared = await prepare({ '1_one': ONE, '2_two': halfWay });
  expect(() => prepared.migrate()).toThrow(/table one already exists/);
  expect(prepared.tables()).toEqual(['one']);
  expect(prepared.connection.prepare('SELECT * FROM one').all()).toEqual([]);
  expect(history(prepared.connection)).toMatchObject([{ migration_name: '1_one' }]);
  await prepared.write('2_two', TWO);
  expect(prepared.migrate()).toEqual(['2_two']);
});

test('a migration that leaves a broken foreign key is undone', async () => {
  const breaks = `${TWO} INSERT INTO two VALUES (1, 404);`;
  await using prepared = await prepare({ '1_one': ONE, '2_two': breaks });
  expect(() => prepared.migrate()).toThrow('Migration 2_two breaks 1 foreign key(s).');
  expect(prepared.tables()).toEqual(['one']);
});

test('a migration may rebuild a table that others point to', async () => {
  const rebuilds = `
    CREATE TABLE new_one (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO new_one (id) SELECT id FROM one;
    DROP TABLE one;
    ALTER TABLE new_one RENAME TO one;`;
  await using prepared = await prepare({ '1_one': ONE, '2_two': TWO });
  prepared.migrate();
  prepared.connection.exec('INSERT INTO one VALUES (1); INSERT INTO two VALUES (1, 1);');
  await prepared.write('3_rebuild', rebuilds);
  expect(prepared.migrate()).toEqual(['3_rebuild']);
  expect(prepared.connection.prepare('SELECT * FROM two').all()).toEqual([{ id: 1, one_id: 1 }]);
  expect(prepared.connection.prepare('SELECT * FROM one').all()).toEqual([{ id: 1, name: null }]);
});

test('a migration may make triggers, whose statements end before they do', async () => {
  const trigger = `${TWO}
    CREATE TRIGGER on_one AFTER INSERT ON one BEGIN
      INSERT INTO two VALUES (NEW.id, NEW.id);
      UPDATE two SET id = id + 1;
    END;
    INSERT INTO one VALUES (1);`;
  await using prepared = await prepare({ '1_one': ONE, '2_trigger': trigger });
  expect(prepared.migrate()).toEqual(['1_one', '2_trigger']);
  expect(prepared.connection.prepare('SELECT * FROM two').all()).toEqual([{ id: 2, one_id: 1 }]);
});

test.each([
  ['a first version', (name: string) => name.endsWith('_init')],
  ['the version before costs', (name: string) => /^\d+_/.test(name) && name < '20261123074222_costs'],
])('the rows of %s are all there after an upgrade, and added up', async (version, isOfVersion) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'batches.db');
  for (const name of (await readdir(MIGRATIONS)).filter(isOfVersion)) {
    await cp(join(MIGRATIONS, name), join(folder.path, 'migrations', name), { recursive: true });
  }
  const connection = new BetterSqlite3(path);
  applyMigrations(connection, join(folder.path, 'migrations'));
  await fillHistory({ $executeRawUnsafe: async (sql) => connection.exec(sql) }, 2_000, { hasCosts: false });
  const count = (table: string) => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const tables = ['jobs', 'submissions', 'batches', 'requests'];
  if (version === 'a first version') {
    connection.exec(`
      INSERT INTO requests (job_id, line, custom_id, outcome, input_offset, input_bytes)
      SELECT id, 1, 'request-1', 'submitted', 0, 100 FROM jobs`);
  }
  // The model of this one has no price, and it ran nothing.
  const idle = connection.prepare('SELECT min(id) FROM batches').pluck().get() as string;
  connection.exec(`
    UPDATE batches SET status = 'cancelled', model = 'nobody-knows-it', requests_completed = 0, input_tokens = NULL,
      output_tokens = NULL WHERE id = '${idle}'`);
  const before = tables.map(count);
  expect(before.slice(0, 3)).toEqual([2_000, 2_000, 2_000]);

  const db = await openDatabase(`file:${path}`);
  expect(tables.map(count)).toEqual(before);
  connection.close();
  expect(await readKeptTotals(db)).toEqual(await countTotals(db));
  expect(await findWrongTotals(db)).toEqual([]);
  expect(await db.batch.findUnique({ where: { id: idle } })).toMatchObject({
    cost: 0n,
    synchronous_cost: 0n,
  });
  await db.batch.deleteMany({ where: { model: 'gpt-4o' } });
  expect(await readKeptTotals(db)).toEqual(await countTotals(db));
  await db.$disconnect();
});

test('batches that were costed as free, or not from their results, are mended by an upgrade', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'batches.db');
  const before = (await readdir(MIGRATIONS)).filter((name) => /^\d/.test(name) && name < '20261123120000');
  for (const name of before) {
    await cp(join(MIGRATIONS, name), join(folder.path, 'migrations', name), { recursive: true });
  }
  const connection = new BetterSqlite3(path);
  applyMigrations(connection, join(folder.path, 'migrations'));
  await fillHistory({ $executeRawUnsafe: async (sql) => connection.exec(sql) }, 2_000);
  const completed = `SELECT id FROM batches WHERE status = 'completed' ORDER BY id LIMIT 3`;
  const [uncounted, told, inPart] = connection.prepare(completed).pluck().all() as string[];
  connection.exec(`
    UPDATE batches SET input_tokens = NULL, cached_tokens = NULL, output_tokens = NULL, reasoning_tokens = NULL,
      total_tokens = NULL, usage_source = NULL, cost = NULL, synchronous_cost = NULL, price_id = NULL
    WHERE id IN ('${uncounted}', '${told}', '${inPart}');
    UPDATE batches SET requests_completed = 0, requests_failed = 0, cost = 0, synchronous_cost = 0, price_id = 1
    WHERE id = '${uncounted}';
    UPDATE batches SET requests_completed = 1 WHERE id = '${told}';
    INSERT INTO requests (job_id, line, custom_id, submission_id, outcome, input_offset, input_bytes, input_tokens, output_tokens)
    SELECT job_id, line, 'r' || line, submissions.id, outcome, 0, 1, input, output FROM submissions
    JOIN (SELECT 1 AS line, 'succeeded' AS outcome, 100 AS input, 10 AS output UNION ALL SELECT 2, 'missing', NULL, NULL)
    WHERE batch_id IN ('${told}', '${inPart}');
    INSERT INTO requests (job_id, line, custom_id, submission_id, outcome, input_offset, input_bytes)
    SELECT job_id, 3, 'r3', id, 'succeeded', 0, 1 FROM submissions WHERE batch_id = '${inPart}'`);
  connection.close();

  const db = await openDatabase(`file:${path}`);
  const read = (id: string | undefined) => db.batch.findUnique({ where: { id: id! } });
  expect(await read(uncounted)).toMatchObject({ cost: null, price_id: null });
  const sums = { input_tokens: 100n, output_tokens: 10n, total_tokens: 110n };
  expect(await read(told)).toMatchObject({ ...sums, usage_source: 'results' });
  expect(await read(inPart)).toMatchObject({ ...sums, usage_source: 'partial_results' });
  expect(await readKeptTotals(db)).toEqual(await countTotals(db));
  await costUnpriced({ db });
  expect(await read(uncounted)).toMatchObject({ cost: null });
  expect((await read(told))!.cost).toBeGreaterThan(0n);
  expect((await read(inPart))!.cost).toBeGreaterThan(0n);
  expect(await readKeptTotals(db)).toEqual(await countTotals(db));
  await db.$disconnect();
});

test('the connection of Prisma writes ahead and keeps foreign keys', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  expect(await db.$queryRaw`PRAGMA journal_mode`).toEqual([{ journal_mode: 'wal' }]);
  expect(await db.$queryRaw`PRAGMA foreign_keys`).toEqual([{ foreign_keys: 1n }]);
  const event = { job_id: 'none', type: 'job.created', created_at: 1 };
  await expect(db.event.create({ data: event })).rejects.toMatchObject({ code: 'P2003' });
});
