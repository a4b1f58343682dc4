// Writes docs/openapi.json from the routes, or with --check tells whether it is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeApi } from '../apps/server/src/http/describe-api.ts';

const path = join(import.meta.dirname, '../docs/openapi.json');
const now = `${JSON.stringify(await describeApi(), null, 2)}\n`;
if (process.argv[2] !== '--check') {
  writeFileSync(path, now);
} else if (readFileSync(path, 'utf8') !== now) {
  console.error(
    'docs/openapi.json is not what the routes say. Run: npm run openapi, and read the difference.',
  );
  process.exit(1);
}
