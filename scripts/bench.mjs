// `npm run bench`: sets up what is missing, then measures. `npm run bench -- <section>` measures one thing.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';
import { findTestPrograms } from './test-programs.mjs';

const node = setUp();
const env = { ...process.env, BATCHDESK_TEST_BROWSER: findTestPrograms().browser };
const args = [join(root, 'tests/bench/bench.ts'), ...process.argv.slice(2)];
const bench = spawn(node, args, { cwd: root, env, stdio: 'inherit' });
// A terminal sends Ctrl-C to both; anybody else only to this process, which has to hand it on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => bench.kill(signal));
bench.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
