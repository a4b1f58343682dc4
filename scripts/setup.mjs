// What `npm start` and `npm test` share: brings a clone to where its code runs. Plain JavaScript without a dependency,
// for any Node from 18: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED_MAJOR = 24;

/** The environment of what is run: Node keeps what it compiled, and starts in two thirds of the time from then on. */
export const environment = {
  NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node-compile-cache'),
  ...process.env,
};

/** Installs, generates and builds what is missing or older than what it is made from. Returns the Node to run with. */
export function setUp() {
  install();
  const node = findNode();
  const prismaInputs = ['prisma/schema.prisma', 'prisma.config.ts', 'pnpm-lock.yaml'];
  ifStale('apps/server/src/db/generated', prismaInputs, () => {
    run(
      node,
      [join(root, 'node_modules/prisma/build/index.js'), 'generate'],
      'Generating the database client',
    );
  });
  ifStale('apps/web/dist', ['apps/web', 'packages/shared/src', 'pnpm-lock.yaml'], () => {
    const web = join(root, 'apps/web');
    run(
      node,
      [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
      'Building the page',
      { cwd: web },
    );
  });
  return node;
}

function install() {
  const wanted = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8');
  const lockfile = join(root, 'node_modules/.pnpm/lock.yaml');
  // npm leaves this file when somebody ran `npm install` by mistake: what it put there is not what is wanted.
  const isNpms = existsSync(join(root, 'node_modules/.package-lock.json'));
  if (!isNpms && existsSync(lockfile) && readFileSync(lockfile, 'utf8') === wanted) return;
  if (isNpms) rmSync(join(root, 'node_modules'), { recursive: true, force: true });
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  // On Windows npx is a script, which only a shell can run.
  const shell = process.platform === 'win32';
  run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], 'Installing', { shell });
}

/** The Node that came with the packages; otherwise the one that runs this, if it is new enough. */
function findNode() {
  const own = join(root, 'node_modules/.bin/node');
  if (existsSync(own) && spawnSync(own, ['--version']).status === 0) return own;
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return process.execPath;
  fail(
    `Batchdesk needs Node ${WANTED_MAJOR} or newer on this platform; this is ${process.version}. Install it from nodejs.org.`,
  );
}

/** Runs `make` when `output` is older than any of its inputs, or is of other inputs. */
function ifStale(output, inputs, make) {
  const stamp = join(root, output, '.made-from');
  const now = newest(inputs.map((input) => join(root, input)));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(join(root, output), { recursive: true, force: true });
  make();
  writeFileSync(stamp, now);
}

/** A text that changes when a file comes, goes or is written. */
function newest(paths) {
  let latest = 0;
  let files = 0;
  const visit = (path) => {
    const stats = statSync(path);
    if (!stats.isDirectory()) {
      files += 1;
      latest = Math.max(latest, stats.mtimeMs);
      return;
    }
    for (const name of readdirSync(path))
      if (!['node_modules', 'dist'].includes(name)) visit(join(path, name));
  };
  paths.forEach(visit);
  return `${files} files, newest ${latest}\n`;
}

/** Runs a command; shows what it prints only when it fails. */
export function run(command, args, title, options = {}) {
  console.log(`${title} …`);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    ...options,
  });
  if (status === 0) return;
  fail(
    `${title} failed: ${error?.message ?? `${command} ended with ${status}`}\n${stdout ?? ''}${stderr ?? ''}`,
  );
}

/** Says why and ends. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
