import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startCheckpointer } from '../../apps/server/src/db/checkpointer.ts';
import { openDatabase } from '../../apps/server/src/db/database.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { waitFor } from '../helpers/wait-for.ts';

test('what is written reaches the database file while the server runs', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'batches.db');
  const db = await openDatabase(`file:${path}`);
  const errors: unknown[] = [];
  const checkpointer = startCheckpointer(path, (error) => errors.push(error));
  const sizeOf = async (file: string) => (await stat(file)).size;
  const before = await sizeOf(path);
  const row = { status: 'in_progress', endpoint: '/v1/responses', created_at: 1 };
  for (let index = 0; index < 20; index += 1) {
    await db.job.create({ data: { id: `job-${index}`, metadata: 'x'.repeat(1_000_000), ...row } });
  }
  expect(await sizeOf(`${path}-wal`)).toBeGreaterThan(16 << 20);
  await waitFor(
    () => sizeOf(path),
    (size) => size > before + 15_000_000,
  );
  expect(await db.job.count()).toBe(20);
  await checkpointer.close();
  await db.$disconnect();
  expect(errors).toEqual([]);
});
