// `npm run faults`: sets up what is missing, then kills servers and writes docs/reliability.md. `-- --kills 200` kills more.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

const node = setUp();
const args = [join(root, 'tests/faults/faults.ts'), ...process.argv.slice(2)];
const faults = spawn(node, args, { cwd: root, stdio: 'inherit' });
// A terminal sends Ctrl-C to both; anybody else only to this process, which has to hand it on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => faults.kill(signal));
faults.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
