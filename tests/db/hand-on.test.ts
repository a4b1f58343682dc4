import { expect, test } from 'vitest';
import { finishPlanning, handOver } from '../../apps/server/src/db/hand-on.ts';
import { jobRow, openTestDatabase } from './open-test-database.ts';

const submission = {
  id: 'source',
  job_id: 'j',
  provider: 'openai',
  status: 'submitted',
  endpoint: '/v1/responses',
  completion_window: '24h',
  model: 'm',
  request_count: 10,
  max_output_tokens: 1_005n,
  uncapped_requests: 3,
  created_at: 1,
  updated_at: 1,
};

test.each(['moved', 'again'] as const)(
  'requests that are %s may be answered as long as before',
  async (mode) => {
    await using database = await openTestDatabase();
    const { db } = database;
    const job = await db.job.create({ data: jobRow('j') });
    const source = await db.submission.create({ data: submission });
    await db.request.createMany({
      data: Array.from({ length: 10 }, (_, index) => ({
        job_id: 'j',
        line: index + 1,
        custom_id: String(index),
        submission_id: 'source',
        outcome: 'pending',
        input_offset: index,
        input_bytes: 1,
      })),
    });
    const requests = [1, 2, 3, 4].map((rowid) => ({ rowid, target: 0 }));
    const targets: string[] = [];
    await handOver(db, { job, source, targets, requests, mode });
    await finishPlanning(db, 'source');
    expect(await db.submission.findUnique({ where: { id: targets[0]! } })).toMatchObject({
      status: 'planned',
      request_count: 4,
      max_output_tokens: 402n,
      // 1.2, and not 1: what is without a limit stays so.
      uncapped_requests: 2,
    });
  },
);
