// Writes the next migration from prisma/schema.prisma, or with --check tells whether one is missing.
// Prisma's own `migrate` needs a binary from elsewhere; its WebAssembly engine does the same from npm alone.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

const root = join(import.meta.dirname, '..');
const migrationsDir = join(root, 'prisma/migrations');
const schemaPath = join(root, 'prisma/schema.prisma');

/** The engine's SQL that turns the committed migrations into the schema; `null` when nothing is missing. */
async function missingSql() {
  const wasmPath = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace('schema_engine.js', 'schema_engine_bg.wasm');
  const module = new WebAssembly.Module(readFileSync(wasmPath));
  const instance = new WebAssembly.Instance(module, { './schema_engine_bg.js': engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const engine = await engineModule.SchemaEngine.new(
    { datamodels: [[schemaPath, readFileSync(schemaPath, 'utf8')]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(scriptingFactory(new PrismaBetterSqlite3({ url: ':memory:' }))),
  );
  const migrationDirectories = readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8') },
      },
    }));
  const filters = { externalTables: [], externalEnums: [] };
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' };
  const { stdout, exitCode } = await engine.diff({
    from: {
      tag: 'migrations',
      baseDir: migrationsDir,
      lockfile,
      shadowDbInitScript: '',
      migrationDirectories,
    },
    to: { tag: 'schemaDatamodel', files: [{ path: schemaPath, content: readFileSync(schemaPath, 'utf8') }] },
    script: true,
    exitCode: true,
    filters,
  });
  return exitCode === 2 ? stdout : null;
}

/** The shadow database replays whole files through executeRaw, which takes one statement: hand them to executeScript. */
function scriptingFactory(factory) {
  const connectToShadowDb = async () => {
    const adapter = await factory.connectToShadowDb();
    const executeRaw = adapter.executeRaw.bind(adapter);
    adapter.executeRaw = async (query) => {
      if (query.args.length > 0) return executeRaw(query);
      await adapter.executeScript(query.sql);
      return 0;
    };
    return adapter;
  };
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: () => factory.connect(),
    connectToShadowDb,
  };
}

const argument = process.argv[2];
const sql = await missingSql();
if (argument === '--check') {
  if (sql !== null) {
    console.error(
      `The migrations lack what prisma/schema.prisma has. Run: npm run migration -- <name>\n\n${sql}`,
    );
    process.exit(1);
  }
} else if (!argument || !/^[a-z][a-z0-9_]*$/.test(argument)) {
  console.error('Name the migration in snake_case: npm run migration -- add_schedules');
  process.exit(1);
} else if (sql === null) {
  console.log('Nothing to do: the migrations have all that the schema has.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const directory = join(migrationsDir, `${stamp}_${argument}`);
  mkdirSync(directory);
  writeFileSync(join(directory, 'migration.sql'), sql);
  console.log(`Wrote ${directory}/migration.sql. Read it before you commit it.`);
}
