import { join } from 'node:path';
import { expect, test } from 'vitest';
import { insertRequests } from '../../apps/server/src/db/requests.ts';
import { exportResults } from '../../apps/server/src/insight/export-results.ts';
import { createLineReader } from '../../apps/server/src/insight/line-reader.ts';
import { openStorage } from '../../apps/server/src/storage/storage.ts';
import { jobRow, openTestDatabase } from '../db/open-test-database.ts';
import { parseLines } from '../helpers/requests.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const LINES = 25;

/** A folder with a file for each number, of lines of ten bytes. */
async function openFiles(count: number) {
  const folder = await temporaryFolder();
  const storage = await openStorage(join(folder.path, 'data'));
  for (let index = 0; index < count; index += 1) {
    const writer = await storage.createWriter();
    for (let line = 1; line <= LINES; line += 1) {
      await writer.write(Buffer.from(`{"n":${String(line * 100 + index).padStart(4)}}`));
    }
    await writer.commit(`results/${index}`);
  }
  return { storage, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

test('more files are read than may be open at once', async () => {
  await using files = await openFiles(9);
  let open = 0;
  let most = 0;
  const storage: typeof files.storage = {
    ...files.storage,
    async open(name) {
      most = Math.max(most, (open += 1));
      const reader = await files.storage.open(name);
      return { ...reader, close: () => ((open -= 1), reader.close()) };
    },
  };
  {
    await using lines = createLineReader(storage, 3);
    const reads = Array.from({ length: 90 }, (_, index) => lines.read(`results/${index % 9}`, 0, 10));
    const texts = (await Promise.all(reads)).map(String);
    expect(texts).toEqual(texts.map((_, index) => `{"n": ${100 + (index % 9)}}`));
  }
  expect([open, most]).toEqual([0, 3]);
});

test('the results of several batches come in input order, each request by its last attempt', async () => {
  await using files = await openFiles(2);
  await using database = await openTestDatabase();
  const { db } = database;
  await db.job.create({ data: jobRow('job_1') });
  // Even lines belong to the first batch, odd ones to the second; the third has not been sent.
  const part = (line: number) => (line > 20 ? 2 : line % 2);
  const rows = Array.from({ length: LINES }, (_, index) => [
    index + 1,
    `c${index + 1}`,
    0,
    1,
    part(index + 1),
    0,
  ]);
  const ids = { job_id: 'job_1', submission_ids: ['s0', 's1', 's2'] };
  await insertRequests(db, ids, [JSON.stringify(rows)]);
  await db.$executeRaw`
    UPDATE requests SET outcome = 'succeeded', result_type = 'output', result_offset = (line - 1) * 10, result_bytes = 10
    WHERE submission_id <> 's2'`;
  // The first request was tried again, in a batch that is not settled.
  await db.$executeRaw`UPDATE requests SET is_superseded = 1 WHERE line = 1`;
  const again = { job_id: 'job_1', line: 1, attempt: 2, custom_id: 'c1', submission_id: 's3' };
  await db.request.create({ data: { ...again, outcome: 'pending', input_offset: 0, input_bytes: 1 } });
  const kept = {
    scope: { job_id: 'job_1', submission_id: null },
    files: {
      hasBatch: (id: string) => id !== 's2',
      find: async (id: string) => (id === 's3' ? null : `results/${id.slice(1)}`),
    },
  };
  const read = async (type: 'merged' | 'output' | 'error') => {
    const chunks = exportResults({ db, storage: files.storage }, kept, { type, format: 'jsonl' });
    return parseLines((await Array.fromAsync(chunks)).join(''));
  };
  const merged = await read('merged');
  expect(merged).toHaveLength(LINES);
  expect(merged[0]).toMatchObject({ custom_id: 'c1', error: { code: 'submitted' } });
  expect(merged[24]).toMatchObject({ custom_id: 'c25', error: { code: 'pending' } });
  const answers = Array.from({ length: 19 }, (_, index) => ({ n: (index + 2) * 100 + (index % 2) }));
  expect(merged.slice(1, 20)).toEqual(answers);
  expect(await read('output')).toEqual(answers);
  expect(await read('error')).toEqual([]);
});
