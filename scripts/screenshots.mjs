// `npm run screenshots`: takes the pictures of the README from a server of its own, with a made-up history and real batches.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';
import { findTestPrograms } from './test-programs.mjs';

const node = setUp();
const env = { ...process.env, BATCHDESK_TEST_BROWSER: findTestPrograms().browser };
const pictures = spawn(node, [join(root, 'tests/screenshots/screenshots.ts')], {
  cwd: root,
  env,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pictures.kill(signal));
pictures.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
