// `npm test`: sets up what is missing, a browser included, then runs every test. `npm test -- <name>` runs some.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environment, root, setUp } from './setup.mjs';
import { findTestPrograms } from './test-programs.mjs';

const node = setUp();
const { browser, python } = findTestPrograms();
const tests = join(root, 'tests');
const { status } = spawnSync(
  node,
  [join(tests, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)],
  {
    cwd: tests,
    stdio: 'inherit',
    env: { ...environment, BATCHDESK_TEST_BROWSER: browser, BATCHDESK_TEST_PYTHON: python },
  },
);
process.exit(status ?? 1);
