import { listRequestsQuerySchema } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { findBlocks } from '../../apps/server/src/db/request-blocks.ts';
import type { RequestBlock } from '../../apps/server/src/db/request-blocks.ts';
import type { RequestGroup } from '../../apps/server/src/db/request-groups.ts';
import { readRequestsOfGroups } from '../../apps/server/src/db/request-pages.ts';
import { countGroups, pageRequests } from '../../apps/server/src/insight/page-requests.ts';
import { createRandom } from '../shared/random.ts';
import { jobRow, openTestDatabase } from './open-test-database.ts';

const JOB = 'job_1';

/**
 * A job of 30,000 requests in seven submissions, with gaps between its lines: the first four have one stretch of the input
 * each, the others share one; some requests of each were handed on to others.
 */
async function openJob() {
  const database = await openTestDatabase();
  const { db } = database;
  const random = createRandom(3);
  const rows: unknown[][] = [];
  let line = 0;
  for (let index = 0; index < 30_000; index += 1) {
    line += random.below(10) < 3 ? 1 + random.below(4) : 1;
    const part = index < 16_000 ? Math.floor(index / 4_000) : 4 + random.below(3);
    const dice = random.below(100);
    const outcome = dice < 70 ? 'succeeded' : dice < 95 ? 'failed' : 'pending';
    const code = outcome === 'failed' && dice < 90 ? `code_${random.below(3)}` : null;
    const isRetried = outcome === 'failed' && random.below(10) < 3;
    rows.push([line, 1, `s${part}`, isRetried ? 1 : 0, outcome, code]);
    if (isRetried)
      rows.push([line, 2, `s${part}-again`, 0, random.below(2) === 0 ? 'succeeded' : 'pending', null]);
  }
  await db.job.create({ data: { ...jobRow(JOB), kind: 'job', total_requests: 30_000 } });
  await db.submission.createMany({
    data: [...new Set(rows.map((row) => row[2] as string))].map((id) => ({
      id,
      job_id: JOB,
      provider: 'local',
      status: 'submitted',
      endpoint: '/v1/responses',
      completion_window: '24h',
      created_at: 1,
      updated_at: 1,
    })),
  });
  await db.$executeRaw`
    INSERT INTO requests (job_id, line, attempt, custom_id, submission_id, is_superseded, outcome, error_code,
      input_offset, input_bytes)
    SELECT ${JOB}, value->>0, value->>1, 'c' || (value->>0), value->>2, value->>3, value->>4, value->>5, 0, 1
    FROM json_each(${JSON.stringify(rows)})`;
  return { ...database, rows };
}

test('the request at an offset is found among many, from both ends', async () => {
  await using job = await openJob();
  const files = { hasBatch: (id: string) => id !== 's2', find: async () => null };
  const random = createRandom(4);
  const scopes = [null, 's0', 's5'];
  const filters = [
    {},
    { outcome: 'succeeded' },
    { outcome: ['failed', 'pending'] },
    { outcome: 'submitted' },
    { error_code: 'code_1' },
    { error_code: ['code_0', 'code_2'], outcome: 'failed' },
  ];
  for (const submission_id of scopes) {
    const own = job.rows.filter((row) => (submission_id === null ? row[3] === 0 : row[2] === submission_id));
    const scope = { job_id: JOB, submission_id };
    const counted = await countGroups(job.db, scope);
    expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(own.length);
    for (const filter of filters) {
      const { outcome, error_code } = listRequestsQuerySchema.parse(filter);
      const shown = (row: unknown[]) => (row[4] === 'pending' && row[2] !== 's2' ? 'submitted' : row[4]);
      const lines = own
        .filter((row) => !outcome || outcome.includes(shown(row) as never))
        .filter((row) => !error_code || error_code.includes(row[5] as never))
        .map((row) => row[0] as number);
      const total = lines.length;
      const some = Array.from({ length: 8 }, () => random.below(total));
      for (const offset of [0, 1, total - 101, total - 1, total, total + 5, ...some]) {
        if (offset < 0) continue;
        const groups = random.below(2) === 0 ? counted : null;
        const query = { ...listRequestsQuerySchema.parse({ ...filter, offset, limit: 100 }), groups };
        const page = await pageRequests(job.db, { scope, files }, query);
        const what = JSON.stringify({ submission_id, ...filter, offset });
        expect(
          page.rows.map(({ line }) => line),
          what,
        ).toEqual(lines.slice(offset, offset + 100));
        expect([page.total, page.has_more], what).toEqual([total, offset + 100 < total]);
      }
      const after = lines[random.below(total)] ?? 0;
      const next = { ...listRequestsQuerySchema.parse({ ...filter, after, limit: 100 }), groups: null };
      const { rows } = await pageRequests(job.db, { scope, files }, next);
      expect(rows.map(({ line }) => line)).toEqual(lines.filter((line) => line > after).slice(0, 100));
    }
  }
});

test('requests of very many submissions are read in portions, between which others have their turn', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await db.job.create({ data: { ...jobRow(JOB), kind: 'job', total_requests: 3_000 } });
  const lines = Array.from({ length: 3_000 }, (_, index) => [index + 1, `s${(index * 7) % 1_000}`]);
  await db.$executeRaw`
    INSERT INTO requests (job_id, line, attempt, custom_id, submission_id, outcome, error_code, input_offset, input_bytes)
    SELECT ${JOB}, value->>0, 1, 'c' || (value->>0), value->>1, 'failed', 'bad', 0, 1
    FROM json_each(${JSON.stringify(lines)})`;
  const groups = Array.from({ length: 1_000 }, (_, index): RequestGroup => {
    return {
      submission_id: `s${index}`,
      is_superseded: false,
      outcome: 'failed',
      error_code: 'bad',
      count: 3,
    };
  });
  const turns = async (work: () => Promise<unknown>): Promise<number> => {
    let taken = 0;
    let next = setImmediate(countTurns);
    function countTurns() {
      taken += 1;
      next = setImmediate(countTurns);
    }
    await work();
    clearImmediate(next);
    return taken;
  };
  let found: number[] = [];
  const read = async () => {
    const rows = await readRequestsOfGroups(db, groups, { after: 1_234, limit: 100 });
    found = rows.map(({ line }) => line);
  };
  expect(await turns(read)).toBeGreaterThanOrEqual(4);
  expect(found).toEqual(Array.from({ length: 100 }, (_, index) => 1_235 + index));
  let blocks: RequestBlock[] = [];
  expect(await turns(async () => void (blocks = await findBlocks(db, groups)))).toBeGreaterThanOrEqual(4);
  expect(blocks).toMatchObject([{ first: 1, last: 3_000, count: 3_000 }]);
});
