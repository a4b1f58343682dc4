import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { findWrongTotals } from '../../apps/server/src/db/batch-totals.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const TOTALS = join(import.meta.dirname, '../../apps/server/src/totals.ts');

/** What `npm run totals` runs, in a process of its own that works in `folder`. */
function runTotals(folder: string, env: Record<string, string> = {}) {
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...env } };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [TOTALS], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('wrong totals are told of, counted anew and proved, in the database that .env names', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, '.env'), 'DATABASE_URL=file:./here/batches.db\n');
  expect(await runTotals(folder.path)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'There is no database at ./here/batches.db. Set DATABASE_URL to another.\n',
  });
  const db = await openDatabase(`file:${join(folder.path, 'here/batches.db')}`);
  await fillHistory(db, 200);
  const right = 'The totals are the sums of all 200 batches.\n';
  expect(await runTotals(folder.path)).toEqual({ code: 0, stdout: right, stderr: '' });
  await db.batchTotal.updateMany({
    where: { group_by: '', period: '' },
    data: { cost: { increment: 1 } },
  });
  await db.durationTotal.deleteMany();
  const mended = await runTotals(folder.path);
  expect(mended.stdout).toMatch(/^batch_totals: \d+ wrong\n {2}\{"group_by":"","period":"",/);
  expect(mended.stdout).toMatch(
    /\nduration_totals: \d+ wrong\n(?: {2}\{.*\}\n){10} {2}…\nCounting them anew …\n/,
  );
  expect(mended.stdout.endsWith(right)).toBe(true);
  expect([mended.code, mended.stderr]).toEqual([0, '']);
  expect(await findWrongTotals(db)).toEqual([]);
  await db.$disconnect();
});

test('beside a server totals are proved, and not counted anew', async () => {
  await using server = await startTestServer();
  await fillHistory(server.db, 20);
  const env = { DATABASE_URL: `file:${join(server.folder, 'data/batches.db')}` };
  expect((await runTotals(server.folder, env)).code).toBe(0);
  await server.db.batchTotal.deleteMany({ where: { group_by: 'model' } });
  const refused = await runTotals(server.folder, env);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/^batch_totals: \d+ wrong\n/);
  expect(refused.stderr).toMatch(/^A server works on this database, .* Stop it, then run this again\.\n$/);
  await server.stop();
  expect((await runTotals(server.folder, env)).code).toBe(0);
  expect(await findWrongTotals(server.db)).toEqual([]);
});
