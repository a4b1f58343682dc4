import { jobsCsvUrl } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { startTestServer } from '../helpers/start-test-server.ts';

const HEADER =
  'id,name,kind,state,status,provider,endpoint,models,created_at,finished_at,completion_deadline,expires_at,requests,pending,submitted,succeeded,failed,expired,cancelled,missing,input_tokens,cached_tokens,output_tokens,reasoning_tokens,total_tokens,cost,synchronous_cost,savings,unpriced_batches,batches,batch_ids,input_bytes,input_sha256,metadata\r\n';

test('the list as CSV: the header is what it was, and nothing runs', async () => {
  await using server = await startTestServer();
  const { db } = server;
  const job = {
    id: 'job_1',
    kind: 'job',
    status: 'completed',
    name: '=HYPERLINK("https://example.org")',
    endpoint: '/v1/responses',
    metadata: '{"team":"a, \\"b\\""}',
    total_requests: 4,
    input_bytes: 7n,
    input_sha256: 'a'.repeat(64),
    created_at: 1_795_420_127,
    finished_at: 1_795_420_167,
  };
  const batch = {
    provider: 'local',
    endpoint: '/v1/responses',
    model: 'gpt-4o-mini',
    input_file_id: 'file-1',
    completion_window: '24h',
    status: 'completed',
    requests_total: 2,
    requests_completed: 2,
    requests_failed: 0,
    created_at: 1,
    refreshed_at: 1,
    input_tokens: 10n,
    output_tokens: 5n,
    total_tokens: 15n,
    cost: 1_234n,
    synchronous_cost: 2_468n,
  };
  await db.job.create({
    data: {
      ...job,
      batches: {
        create: [
          { id: 'batch_1', ...batch },
          { id: 'batch_2', ...batch },
        ],
      },
    },
  });
  await db.job.create({ data: { ...job, id: 'job_2', name: null, status: 'cancelled', created_at: 1 } });
  const first = `job_1,"'=HYPERLINK(""https://example.org"")",job,completed,completed,openai,/v1/responses,gpt-4o-mini,2026-11-23T07:48:47Z,2026-11-23T07:49:27Z,,,4,4,0,0,0,0,0,0,20,0,10,0,30,0.0000002468,0.0000004936,0.0000002468,0,2,batch_1 batch_2,7,${'a'.repeat(64)},"{""team"":""a, \\""b\\""""}"\r\n`;
  const second = `job_2,,job,cancelled,cancelled,openai,/v1/responses,,1970-01-01T00:00:01Z,2026-11-23T07:49:27Z,,,4,4,0,0,0,0,0,0,,,,,,0,0,0,0,0,,7,${'a'.repeat(64)},"{""team"":""a, \\""b\\""""}"\r\n`;
  const read = (query?: Parameters<typeof jobsCsvUrl>[0]) => fetch(`${server.url}${jobsCsvUrl(query)}`);
  const answer = await read();
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="jobs.csv"');
  expect(await answer.text()).toBe(HEADER + first + second);
  expect(await (await read({ order: 'asc' })).text()).toBe(HEADER + second + first);
  expect(await (await read({ state: 'cancelled' })).text()).toBe(HEADER + second);
  expect(await (await read({ ids: ['job_1', 'job_none'] })).text()).toBe(HEADER + first);
  expect(await (await read({ ids: ['job_1'], state: 'cancelled' })).text()).toBe(HEADER);
  const tooMany = await read({ ids: Array.from({ length: 101 }, (_, index) => `job_${index}`) });
  expect([tooMany.status, (await tooMany.json()).error.param]).toEqual([400, 'ids']);
  const head = await fetch(`${server.url}${jobsCsvUrl()}`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});
