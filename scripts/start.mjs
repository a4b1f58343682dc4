// `npm start`: sets up what is missing, then runs the server until it is stopped.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

const node = setUp();
const server = spawn(node, [join(root, 'apps/server/src/main.ts')], { cwd: root, stdio: 'inherit' });
// A terminal sends Ctrl-C to both; anybody else only to this process, which has to hand it on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
