// `npm run bench`: measures what the server does, in sections that can be named. See CONTRIBUTING.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Section } from './bench-section.ts';
import { measureBrowser } from './browser.ts';
import { measureCollection } from './collect.ts';
import { CREATE, ESTIMATE, RAW_UPLOAD, UPLOAD } from './doors.ts';
import { measureDownload } from './download.ts';
import { measureHistory } from './history.ts';
import { measureDoor } from './intake.ts';
import { measureJobs } from './jobs.ts';
import { measurePages } from './pages.ts';
import { toTable } from './report.ts';
import type { Line } from './report.ts';
import { FULL, QUICK } from './scale.ts';
import { writeReport } from './write-report.ts';

const SECTIONS: Record<string, Section> = {
  upload: (bench) => measureDoor(bench, UPLOAD),
  raw: (bench) => measureDoor(bench, RAW_UPLOAD),
  create: (bench) => measureDoor(bench, CREATE),
  estimate: (bench) => measureDoor(bench, ESTIMATE),
  collect: measureCollection,
  download: measureDownload,
  pages: measurePages,
  history: measureHistory,
  jobs: measureJobs,
  browser: measureBrowser,
};

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.find((name) => !Object.hasOwn(SECTIONS, name));
if (unknown !== undefined) {
  console.error(`There is no section ${unknown}. Sections: ${Object.keys(SECTIONS).join(', ')}.`);
  process.exit(1);
}

const root = mkdtempSync(join(tmpdir(), 'batchdesk-bench-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

async function makeFolder() {
  const path = await mkdtemp(join(root, 'world-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const lines: Line[] = [];
for (const [name, measure] of Object.entries(SECTIONS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const startedAt = performance.now();
  lines.push(...(await measure({ scale: values.quick ? QUICK : FULL, makeFolder })));
  console.log(`${name}: ${Math.round((performance.now() - startedAt) / 1_000)} s`);
}
console.log(`\n${toTable(lines)}`);
if (values.quick) console.log('\nA quick run: it shows that the benchmarks work, its figures mean nothing.');
else if (positionals.length === 0) await writeReport(lines);
