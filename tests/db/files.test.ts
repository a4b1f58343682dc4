import type { Database } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { findFilesOfContent, refreshFile, saveFile } from '../../apps/server/src/db/files.ts';
import type { KeptFile } from '../../apps/server/src/db/files.ts';
import { inTransaction } from '../../apps/server/src/db/database.ts';
import { insertJob } from '../../apps/server/src/db/jobs.ts';
import { unknownPart } from '../../apps/server/src/db/new-submissions.ts';
import { takeSentFile } from '../../apps/server/src/db/submissions.ts';
import { openTestDatabase } from './open-test-database.ts';

const said = {
  id: 'file-1',
  filename: 'a.jsonl',
  bytes: 10,
  created_at: 1,
  expires_at: null,
  purpose: 'batch',
  status: 'processed',
  status_details: null,
};
const kept: KeptFile = { provider: 'openai', stored_name: 'inputs/a.jsonl', sha256: 'abc', request_count: 1 };

function insert(db: Database, stored_name: string | null): Promise<{ submission_ids: string[] }> {
  return inTransaction(db, (transaction) =>
    insertJob(transaction, {
      kind: 'batch',
      provider: 'openai',
      name: null,
      endpoint: '/v1/responses',
      completion_window: '24h',
      metadata: null,
      output_expires_after: null,
      retry: null,
      completion_deadline: null,
      input: stored_name === null ? null : { name: stored_name, bytes: 10, sha256: 'abc', request_count: 1 },
      input_file_id: said.id,
      source: { file_id: said.id, stored_name },
      budget: null,
      parts: [unknownPart(null)],
      idempotency: null,
    }),
  );
}

test.each(['deleting', 'deleted'])(
  'a file that is %s stays so, and nothing is made of it',
  async (status) => {
    await using database = await openTestDatabase();
    const { db } = database;
    await saveFile(db, said, kept);
    const { submission_ids } = await insert(db, kept.stored_name);
    await db.batchFile.updateMany({ data: { status } });
    expect(await saveFile(db, said, kept)).toMatchObject({ status });
    expect(await refreshFile(db, said, kept.stored_name!)).toBeNull();
    expect(await findFilesOfContent(db, 'openai', 'abc')).toEqual([]);
    expect(await takeSentFile(db, submission_ids[0]!, said.id)).toBe(false);
    for (const name of [kept.stored_name, null]) {
      await expect(insert(db, name)).rejects.toMatchObject({ code: 'file_deleting' });
    }
    expect(await db.batchFile.findMany()).toMatchObject([{ status }]);
    expect(await db.job.count()).toBe(1);
  },
);

test('a copy that was deleted while it was read is no input of a job', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await saveFile(db, said, { ...kept, stored_name: null });
  await expect(insert(db, kept.stored_name)).rejects.toMatchObject({ code: 'file_deleting' });
  // Nor does what the provider says of the file give it the copy back.
  expect(await refreshFile(db, said, kept.stored_name!)).toBeNull();
  await insert(db, null);
  expect(await db.job.findMany()).toMatchObject([{ input_name: null }]);
});
