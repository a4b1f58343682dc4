// `npm start`: sets up what is missing, then runs the server until it is stopped.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, root, setUp } from './setup.mjs';

const node = setUp();
// A small space for young objects: what streams through the server dies young, and the default only costs memory (40 MB).
// And WebAssembly code, of which Prisma has some, is not freed: V8 dies of that now and then (nodejs/node#64500).
const flags = JSON.parse(readFileSync(join(root, 'scripts/server-flags.json'), 'utf8'));
const server = spawn(node, [...flags, join(root, 'apps/server/src/main.ts')], {
  cwd: root,
  env: environment,
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to both; anybody else only to this process, which has to hand it on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
