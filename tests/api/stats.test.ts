import type { BatchFilters, StatsQueryInput } from '@batchdesk/shared';
import type { Database } from '@batchdesk/server/testing';
import { expect, test } from 'vitest';
import { exportBatches } from '../../apps/server/src/insight/export-batches.ts';
import { fillHistory } from '../bench/fill-history.ts';
import { jobRow, openTestDatabase } from '../db/open-test-database.ts';
import { answerOf } from '../helpers/http.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { createBatchingTrpcClient, createRestClient, createTrpcClient, errorOf } from './transports.ts';

const STATS_HEADER =
  'group,batches,requests,requests_completed,requests_failed,input_tokens,cached_tokens,output_tokens,reasoning_tokens,total_tokens,cost,synchronous_cost,savings,unpriced_batches,request_success_rate,batch_success_rate,completed_batches,median_seconds_to_completion,p95_seconds_to_completion,waited_batches,median_seconds_waited,p95_seconds_waited\r\n';
const BATCHES_HEADER =
  'id,job_id,provider,status,endpoint,model,created_at,in_progress_at,finalizing_at,completed_at,failed_at,expired_at,cancelling_at,cancelled_at,expires_at,requests,requests_completed,requests_failed,input_tokens,cached_tokens,output_tokens,reasoning_tokens,total_tokens,cost,synchronous_cost,savings,cost_unknown,input_file_id,output_file_id,error_file_id,metadata,cost_basis\r\n';

const CREATED = Date.UTC(2026, 10, 23, 7, 48, 47) / 1_000;

/** Two batches: a cheap one, and one whose texts would run in a spreadsheet. */
async function addTwo(db: Database) {
  const rest = { input_file_id: 'file-in', completion_window: '24h', refreshed_at: 1, provider: 'local' };
  const usage = {
    input_tokens: 500n,
    cached_tokens: 100n,
    output_tokens: 300n,
    reasoning_tokens: 7n,
    total_tokens: 800n,
    usage_source: 'provider',
  };
  await db.batch.create({
    data: {
      ...rest,
      ...usage,
      id: 'batch_1',
      status: 'completed',
      endpoint: '/v1/responses',
      model: 'gpt-4o-mini',
      created_at: CREATED,
      completed_at: CREATED + 40,
      waited: 3,
      requests_total: 4,
      requests_completed: 3,
      requests_failed: 1,
      cost: 1_234n,
      synchronous_cost: 2_468n,
      metadata: JSON.stringify({ team: 'a, "b"\nc' }),
      job: { create: jobRow('job_1') },
    },
  });
  await db.batch.create({
    data: {
      ...rest,
      id: 'batch_2',
      status: 'cancelled',
      endpoint: '/v1/responses',
      model: '=HYPERLINK("https://example.org")',
      created_at: CREATED + 86_400,
      requests_total: 4,
      requests_completed: 1,
      requests_failed: 0,
      metadata: JSON.stringify({ team: '@SUM(1)' }),
      job: { create: jobRow('job_2') },
    },
  });
}

test.each([
  ['REST', createRestClient],
  ['tRPC', createTrpcClient],
  ['tRPC in portions', createBatchingTrpcClient],
])('%s: statistics of a time, by group, with costs', async (_name, connect) => {
  await using server = await startTestServer();
  await addTwo(server.db);
  const api = connect(server.url);
  const all = await api.stats();
  expect(all).toEqual({
    total_batches: 2,
    by_status: { completed: 1, cancelled: 1 },
    request_counts: { total: 8, completed: 4, failed: 1 },
    usage: {
      input_tokens: 500,
      output_tokens: 300,
      total_tokens: 800,
      cached_tokens: 100,
      reasoning_tokens: 7,
    },
    cost: 1.234e-7,
    savings: 1.234e-7,
    synchronous_cost: 2.468e-7,
    unpriced_batches: 1,
    success_rate: { requests: 4 / 5, batches: 1 / 2 },
    time_to_completion: { batches: 1, median: 40, p95: 40 },
    wait_for_capacity: { batches: 1, median: 3, p95: 3 },
    by_model: all.by_model,
    by_endpoint: all.by_endpoint,
  });
  expect(all.by_model['gpt-4o-mini']).toMatchObject({ total_batches: 1, cost: 1.234e-7 });
  expect(all.by_endpoint).toMatchObject({ '/v1/responses': { total_batches: 2, unpriced_batches: 1 } });
  const byDay = await api.stats({ group_by: 'day', from: '2026-11-23', to: '2026-11-24' });
  expect(byDay.total_batches).toBe(1);
  expect(byDay.groups).toMatchObject([{ group: '2026-11-23', total_batches: 1, cost: 1.234e-7 }]);
  expect(await api.stats({ from: CREATED, to: CREATED + 86_400 })).toMatchObject({ total_batches: 1 });
  expect(await api.stats({ provider: 'openai' })).toMatchObject({ total_batches: 0 });
  expect((await api.stats({ group_by: 'metadata.team' })).groups).toMatchObject([
    { group: 'a, "b"\nc', total_batches: 1 },
    { group: '@SUM(1)', total_batches: 1 },
  ]);

  for (const [query, param] of [
    [{ from: '2026-11-24', to: '2026-11-23' }, 'to'],
    [{ from: '2026-02-30' }, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '' }, 'from'],
    [{ to: ' ' }, 'to'],
    [{ to: '1.5' }, 'to'],
    [{ to: -1 }, 'to'],
    [{ group_by: 'hour' }, 'group_by'],
    [{ group_by: 'metadata.' }, 'group_by'],
    [{ group_by: `metadata.${'k'.repeat(65)}` }, 'group_by'],
    [{ provider: 'azure' }, 'provider'],
  ] as const) {
    const { status, error } = await errorOf(api.stats(query as StatsQueryInput));
    expect([status, error.code, error.param]).toEqual([400, 'invalid_value', param]);
    expect(error.message).toMatch(/\.$/);
  }
});

test('statistics as CSV: the header is what it was, and nothing runs', async () => {
  await using server = await startTestServer();
  const empty = await fetch(`${server.url}/api/batch/stats.csv`);
  expect(await empty.text()).toBe(`${STATS_HEADER},0,0,0,0,0,0,0,0,0,0,0,0,0,,,0,,,0,,\r\n`);
  expect(empty.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(empty.headers.get('content-disposition')).toBe('attachment; filename="stats.csv"');
  await addTwo(server.db);
  const read = async (query: string) => (await fetch(`${server.url}/api/batch/stats.csv?${query}`)).text();
  expect(await read('')).toBe(
    `${STATS_HEADER},2,8,4,1,500,100,300,7,800,0.0000001234,0.0000002468,0.0000001234,1,0.8,0.5,1,40,40,1,3,3\r\n`,
  );
  expect(await read('group_by=model')).toBe(
    `${STATS_HEADER}gpt-4o-mini,1,4,3,1,500,100,300,7,800,0.0000001234,0.0000002468,0.0000001234,0,0.75,1,1,40,40,1,3,3\r\n` +
      `"'=HYPERLINK(""https://example.org"")",1,4,1,0,0,0,0,0,0,,,,1,1,0,0,,,0,,\r\n`,
  );
  expect(await read('group_by=day&from=2030-01-01')).toBe(STATS_HEADER);
  const wrong = await answerOf(`${server.url}/api/batch/stats.csv?group_by=hour`);
  expect([wrong.status, wrong.body.error.param]).toEqual([400, 'group_by']);
});

test('the list as CSV: the header is what it was, and nothing runs', async () => {
  await using server = await startTestServer();
  await addTwo(server.db);
  const answer = await fetch(`${server.url}/api/batch/list.csv`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="batches.csv"');
  expect(await answer.text()).toBe(
    `${BATCHES_HEADER}batch_2,job_2,local,cancelled,/v1/responses,"'=HYPERLINK(""https://example.org"")",2026-11-24T07:48:47Z,,,,,,,,,4,1,0,,,,,,,,,price,file-in,,,"{""team"":""@SUM(1)""}",\r\n` +
      `batch_1,job_1,local,completed,/v1/responses,gpt-4o-mini,2026-11-23T07:48:47Z,,,2026-11-23T07:49:27Z,,,,,,4,3,1,500,100,300,7,800,0.0000001234,0.0000002468,0.0000001234,,file-in,,,"{""team"":""a, \\""b\\""\\nc""}",usage\r\n`,
  );
  const wrong = await answerOf(`${server.url}/api/batch/list.csv?status=done`);
  expect([wrong.status, wrong.body.error.param]).toEqual([400, 'status']);
  const head = await fetch(`${server.url}/api/batch/list.csv`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

const exportAll = (db: Database, filters: BatchFilters, signal = new AbortController().signal) =>
  Array.fromAsync(exportBatches({ db }, filters, signal));

test('the list as CSV has each batch that matches once, newest first', async () => {
  await using database = await openTestDatabase();
  const { db } = database;
  await fillHistory(db, 2_100);
  const all = await db.batch.findMany({ orderBy: [{ created_at: 'desc' }, { id: 'desc' }] });
  const idsOf = (rows: typeof all) => rows.map(({ id }) => id);
  const read = async (filters: BatchFilters) => {
    const rows = (await exportAll(db, filters)).join('').split('\r\n').slice(1, -1);
    return rows.map((row) => row.split(',')[0]);
  };
  expect(await read({})).toEqual(idsOf(all));
  const failed = all.filter(({ status, model }) => status === 'failed' && model === 'gpt-4o');
  expect(await read({ status: 'failed', model: 'gpt-4o' })).toEqual(idsOf(failed));
  const [from, to] = [all[1_700]!.created_at, all[300]!.created_at];
  const between = all.filter(({ created_at }) => created_at >= from && created_at < to);
  expect(await read({ created_after: from, created_before: to })).toEqual(idsOf(between));
  const search = all.filter(({ metadata }) => metadata?.includes('"search"'));
  expect(search.length).toBeGreaterThan(400);
  expect(await read({ q: 'search' })).toEqual(idsOf(search));
});

test('a caller of the list as CSV who leaves ends the work', async () => {
  await using database = await openTestDatabase();
  await fillHistory(database.db, 1_200);
  const gone = new AbortController();
  const lines: string[] = [];
  for await (const part of exportBatches({ db: database.db }, {}, gone.signal)) {
    lines.push(...part.split('\r\n').slice(0, -1));
    if (lines.length > 1) gone.abort();
  }
  expect(lines).toHaveLength(201);
  // Nor does it go on to look for a text that nobody has.
  expect(await exportAll(database.db, { q: 'nowhere' }, gone.signal)).toHaveLength(1);
});
