// `npm run totals`: sets up what is missing, then proves the totals over batches, and counts them anew if they are wrong.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

const node = setUp();
const { status } = spawnSync(node, [join(root, 'apps/server/src/totals.ts')], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
