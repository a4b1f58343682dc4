// `npm run check`: format, lint with the layer rules, types, dead code, and generated files unchanged.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

const node = setUp();
const checks = [
  ['format', 'node_modules/oxfmt/bin/oxfmt', '--check', '.'],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'],
  ['types', 'node_modules/typescript/bin/tsc', '-b'],
  ['dead code', 'node_modules/knip/bin/knip.js'],
  ['migrations', 'scripts/migration.mjs', '--check'],
  ['docs/openapi.json', 'scripts/openapi.mjs', '--check'],
];

let failed = 0;
for (const [title, script, ...args] of checks) {
  const { status } = spawnSync(node, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${title}`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
