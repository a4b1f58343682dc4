import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobResultsUrl } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { answerOf, file, form } from '../helpers/http.ts';
import { untilEnded } from '../helpers/jobs.ts';
import { chatRequests, parseLines, toJsonl } from '../helpers/requests.ts';
import { download, runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createClient, upload } from '../local-provider/helpers.ts';
import { createRestJobClient, createTrpcJobClient } from './job-clients.ts';
import { errorOf } from './transports.ts';

const endpoint = '/v1/chat/completions';
const NONE = { pending: 0, submitted: 0, succeeded: 0, failed: 0, expired: 0, cancelled: 0, missing: 0 };

/** Runs a batch to its end. Returns it and its job. */
async function run(server: TestServer, requests: number) {
  const batchId = await runToEnd(server, requests);
  const { job_id } = await server.db.batch.findUniqueOrThrow({ where: { id: batchId } });
  await expect
    .poll(async () => (await server.db.job.findUnique({ where: { id: job_id } }))?.status)
    .toBe('completed');
  return { batchId, jobId: job_id };
}

/** The names of files that are kept. */
async function keptFiles(server: TestServer): Promise<string[]> {
  const folders = ['data/inputs', 'data/results'].map((path) => readdir(join(server.folder, path)));
  return (await Promise.all(folders.map((names) => names.catch(() => [])))).flat();
}

describe.each([
  ['REST', createRestJobClient],
  ['tRPC', createTrpcJobClient],
])('over %s', (_name, connect) => {
  test('a job is made of requests to several models', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const requests = chatRequests(4);
    for (const { body } of requests.slice(2)) body['model'] = 'gpt-4o';
    const metadata = { project: 'mon-projet' };
    const job = await api.create({ endpoint, requests, metadata, name: 'Night run' });
    expect(job).toMatchObject({
      object: 'job',
      kind: 'job',
      name: 'Night run',
      provider: 'openai',
      endpoint,
      metadata,
      retry: { attempts: 3, outcomes: ['failed', 'expired', 'missing'] },
      completion_deadline: null,
      finished_at: null,
    });
    expect(job.id).toMatch(/^job_/);
    expect(job).not.toHaveProperty('warnings');
    const { total, ...counts } = job.counts;
    expect([total, Object.values(counts).reduce((sum, count) => sum + count)]).toEqual([4, 4]);
    const { submissions } = await api.get(job.id);
    const parts = Object.fromEntries(submissions.map(({ model, request_count }) => [model, request_count]));
    expect(parts).toEqual({ 'gpt-4o-mini': 2, 'gpt-4o': 2 });
    const page = await api.requests(job.id, { include: ['input'], limit: 3 });
    expect(page).toMatchObject({ total: 4, has_more: true, last_line: 3 });
    expect(page.data.map(({ input }) => input)).toEqual(requests.slice(0, 3));
    expect((await api.events(job.id)).data[0]).toMatchObject({
      type: 'job.created',
      job_id: job.id,
      data: {},
    });
  });

  test('a job of one batch ends, and shows what became of it', async () => {
    await using server = await startTestServer();
    server.local.faults.add(
      { kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'too_long', message: 'Too long.' },
      { kind: 'row_missing', customId: 'request-3' },
    );
    const { batchId, jobId } = await run(server, 4);
    const api = connect(server.url);
    const { job, submissions } = await api.get(jobId);
    expect(job).toMatchObject({ kind: 'batch', status: 'completed', batch_ids: [batchId], retry: null });
    expect(job.counts).toEqual({ ...NONE, total: 4, succeeded: 2, failed: 1, missing: 1 });
    expect(job.finished_at).toBeGreaterThan(1_700_000_000);
    expect(submissions).toMatchObject([
      { status: 'submitted', batch_id: batchId, batch_status: 'completed', waiting: null, error: null },
    ]);
    expect((await api.list()).data).toEqual([job]);
    const { counts, total } = await api.requests(jobId);
    expect(total).toBe(4);
    expect(counts?.by_outcome).toEqual({ succeeded: 2, failed: 1, missing: 1 });
    const failed = await api.requests(jobId, { outcome: 'failed', include: ['result'] });
    expect(failed.data).toMatchObject([{ custom_id: 'request-2', result: { custom_id: 'request-2' } }]);
    expect((await api.requests(jobId, { custom_id: 'request-3' })).data).toMatchObject([
      { outcome: 'missing' },
    ]);

    const all = await api.events(jobId);
    expect(all).toMatchObject({ has_more: false, last_id: all.data.at(-1)!.id });
    expect(all.data.map(({ type }) => type)).toContain('job.finished');
    const first = await api.events(jobId, { limit: 1 });
    expect(first).toMatchObject({ data: all.data.slice(0, 1), has_more: true });
    expect((await api.events(jobId, { after: first.last_id! })).data).toEqual(all.data.slice(1));
  });

  test('jobs are listed newest first, paged and filtered', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    for (let index = 0; index < 3; index += 1) await api.create({ endpoint, requests: chatRequests(1) });
    await api.createBatch({ endpoint, requests: chatRequests(1) });
    const all = await api.list();
    const ids = all.data.map(({ id }) => id);
    expect(all).toMatchObject({ has_more: false, first_id: ids[0], last_id: ids[3] });
    const times = all.data.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const first = await api.list({ limit: 3 });
    expect(first).toMatchObject({ has_more: true, last_id: ids[2] });
    expect((await api.list({ after: first.last_id! })).data.map(({ id }) => id)).toEqual(ids.slice(3));
    expect((await api.list({ kind: 'batch' })).data).toHaveLength(1);
    expect((await api.list({ kind: 'imported' })).data).toEqual([]);
    expect((await api.list({ status: 'cancelling' })).data).toEqual([]);
    const { status, error } = await errorOf(api.list({ after: 'job_nope' }));
    expect([status, error.code, error.param]).toEqual([400, 'invalid_value', 'after']);
  });

  test('the same key and body give the same job, another body is refused', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const body = { endpoint, requests: chatRequests(2) } as const;
    const other = { endpoint, requests: chatRequests(3) } as const;
    const job = await api.create(body, 'key-1');
    expect((await api.create(body, 'key-1')).id).toBe(job.id);
    expect((await api.create(body, 'key-2')).id).not.toBe(job.id);
    const batch = await api.createBatch(body, 'key-3');
    expect((await api.createBatch(body, 'key-3')).id).toBe(batch.id);
    for (const call of [
      () => api.create(other, 'key-1'),
      () => api.create({ ...body, name: 'Another' }, 'key-1'),
      () => api.createBatch(body, 'key-1'),
      () => api.createBatch(other, 'key-3'),
    ]) {
      const { status, error } = await errorOf(call());
      expect([status, error.code, error.param]).toEqual([409, 'idempotency_key_reused', 'Idempotency-Key']);
    }
    const { status, error } = await errorOf(api.create(body, 'x'.repeat(256)));
    expect([status, error.code, error.param]).toEqual([400, 'invalid_value', 'Idempotency-Key']);
    expect(await server.db.job.count()).toBe(3);
  });

  test('the same key and file give the same job, whatever has become of the file', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const openai = createClient(server.local);
    const { id: input_file_id } = await upload(openai, chatRequests(2));
    const { id: other } = await upload(openai, chatRequests(2));
    const body = { endpoint, input_file_id } as const;
    const job = await api.create(body, 'key-1');
    const batch = await api.createBatch(body, 'key-2');
    await untilEnded(server, job.id);
    await untilEnded(server, batch.job_id);
    // By now the file was read.
    const { stored_name } = await server.db.batchFile.findUniqueOrThrow({ where: { id: input_file_id } });
    expect(stored_name).not.toBeNull();
    expect((await api.create(body, 'key-1')).id).toBe(job.id);
    expect((await api.createBatch(body, 'key-2')).id).toBe(batch.id);
    for (const call of [
      () => api.create({ endpoint, input_file_id: other }, 'key-1'),
      () => api.create({ endpoint, requests: chatRequests(2) }, 'key-1'),
    ]) {
      expect((await errorOf(call())).error.code).toBe('idempotency_key_reused');
    }
    await openai.files.delete(input_file_id);
    await server.db.batchFile.deleteMany({ where: { id: input_file_id } });
    expect((await api.create(body, 'key-1')).id).toBe(job.id);
    expect((await api.createBatch(body, 'key-2')).id).toBe(batch.id);
    expect((await errorOf(api.create(body, 'key-3'))).error.code).toBe('file_not_found');
    expect(await server.db.job.count()).toBe(2);
  });

  test('metadata that leave no room for our pair give a warning', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const full = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`key-${index}`, 'x']));
    const warnings = [{ code: 'metadata_full', message: expect.stringContaining('input file') }];
    for (const metadata of [full, { batchdesk: 'mine' }]) {
      const job = await api.create({ endpoint, requests: chatRequests(1), metadata });
      expect(job).toMatchObject({ metadata, warnings });
      const batch = await api.createBatch({ endpoint, requests: chatRequests(1), metadata });
      expect(batch.warnings).toEqual(warnings);
    }
  });

  test('an unknown job is not found', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    for (const call of [
      () => api.get('job_nope'),
      () => api.cancel('job_nope'),
      () => api.retry('job_nope'),
      () => api.retry('job_nope', { outcomes: ['failed'] }),
      () => api.requests('job_nope'),
      () => api.events('job_nope'),
      () => api.delete('job_nope'),
    ]) {
      const { status, error } = await errorOf(call());
      expect([status, error.code, error.details]).toEqual([404, 'job_not_found', { job_id: 'job_nope' }]);
    }
  });

  test('a job that has ended is deleted with all that is here of it', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { jobId, batchId } = await run(server, 2);
    expect(await keptFiles(server)).toHaveLength(2);
    expect(await api.delete(jobId)).toEqual({
      success: true,
      id: jobId,
      deleted: true,
      provider_files_deleted: 0,
    });
    expect(await keptFiles(server)).toEqual([]);
    expect(await server.db.request.count()).toBe(0);
    expect(await server.db.event.count()).toBe(0);
    expect(await server.db.batch.findUnique({ where: { id: batchId } })).toBeNull();
    expect((await errorOf(api.get(jobId))).status).toBe(404);
    expect((await errorOf(api.delete(jobId))).status).toBe(404);
  });

  test('files at the provider are deleted as well when that is asked for, but not those of other jobs', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const first = await run(server, 2);
    const second = await run(server, 2); // the same content: its input is that of the first
    const filesLeft = async () =>
      (await server.db.batchFile.findMany()).map(({ purpose }) => purpose).toSorted();
    expect(await api.delete(first.jobId, true)).toMatchObject({ provider_files_deleted: 1 });
    expect(await filesLeft()).toEqual(['batch', 'batch_output']);
    expect(await api.delete(second.jobId, true)).toMatchObject({ provider_files_deleted: 2 });
    expect(await filesLeft()).toEqual([]);
    expect(await keptFiles(server)).toEqual([]);
  });

  test('a job that goes on is not deleted', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { id } = await api.create({
      endpoint,
      requests: chatRequests(1),
      completion_deadline: 4_000_000_000,
    });
    await server.db.job.update({ where: { id }, data: { status: 'cancelling' } });
    const { status, error } = await errorOf(api.delete(id));
    expect([status, error.code, error.details]).toEqual([
      409,
      'job_not_finished',
      { job_id: id, status: 'cancelling' },
    ]);
  });
});

test('a job comes in a form or as lines', async () => {
  await using server = await startTestServer();
  const url = `${server.url}/api/jobs`;
  const jsonl = toJsonl(chatRequests(3));
  const expected = { name: 'Night', counts: { total: 3 }, completion_deadline: 4_000_000_000 };
  const body = form([
    ['file', file(jsonl), 'a.jsonl'],
    ['endpoint', endpoint],
    ['name', 'Night'],
    ['metadata', '{"a":"b"}'],
    ['retry', '{"attempts":2}'],
    ['completion_deadline', '4000000000'],
  ]);
  const formed = await answerOf(url, { method: 'POST', body });
  expect(formed.status).toBe(200);
  expect(formed.body.job).toMatchObject({ ...expected, metadata: { a: 'b' }, retry: { attempts: 2 } });
  const headers = { 'content-type': 'application/jsonl', 'idempotency-key': 'lines' };
  const query = `?endpoint=${endpoint}&name=Night&completion_deadline=4000000000`;
  const lines = () => answerOf(url + query, { method: 'POST', headers, body: jsonl });
  const { status, body: answer } = await lines();
  expect(status).toBe(200);
  expect(answer.job).toMatchObject(expected);
  expect((await lines()).body.job.id).toBe(answer.job.id);
  const late = form([
    ['completion_deadline', 'tomorrow'],
    ['endpoint', endpoint],
    ['file', file(jsonl), 'a.jsonl'],
  ]);
  const refused = await answerOf(url, { method: 'POST', body: late });
  expect([refused.status, refused.body.error.param]).toEqual([400, 'completion_deadline']);
  const misplaced = await answerOf(`${url}?name=Night`, {
    method: 'POST',
    body: form([['endpoint', endpoint]]),
  });
  expect([misplaced.status, misplaced.body.error.param]).toEqual([400, 'name']);
});

test('the results of a job are those of its batches, in input order', async () => {
  await using server = await startTestServer();
  server.local.faults.add(
    { kind: 'row_fail', customId: 'request-2', statusCode: 400, code: 'too_long', message: 'Too long.' },
    { kind: 'row_missing', customId: 'request-3' },
  );
  const { batchId, jobId } = await run(server, 30);
  const get = (query: Parameters<typeof jobResultsUrl>[1]) => fetch(server.url + jobResultsUrl(jobId, query));
  const merged = await get({});
  expect(merged.headers.get('content-disposition')).toBe(`attachment; filename="${jobId}_merged.jsonl"`);
  expect(await merged.text()).toBe(await download(server, batchId, 'type=merged'));
  expect(await (await get({ format: 'csv' })).text()).toBe(await download(server, batchId, 'format=csv'));
  const output = parseLines(await (await get({ type: 'output' })).text());
  const ids = output.map(({ custom_id }) => custom_id);
  expect(ids).toEqual(chatRequests(30).flatMap(({ custom_id: id }) => (/-[23]$/.test(id) ? [] : [id])));
  expect(await (await get({ type: 'error' })).text()).toBe(await download(server, batchId, 'type=error'));
});

test('results that are neither here nor at the provider are said to have expired', async () => {
  await using server = await startTestServer();
  const { batchId, jobId } = await run(server, 2);
  const url = server.url + jobResultsUrl(jobId);
  const whole = await (await fetch(url)).text();
  const copy = join(server.folder, `data/results/${batchId}_output.jsonl`);
  await rm(copy);
  expect(await (await fetch(url)).text()).toBe(whole);
  await rm(copy);
  await server.db.batch.update({
    where: { id: batchId },
    data: { output_file_id: 'file-gone', completed_at: 1_700_000_000 },
  });
  const gone = await answerOf(url);
  expect([gone.status, gone.body.error.code]).toEqual([410, 'results_expired']);
});

test('a job of which nothing has ended has no results yet', async () => {
  const durations = { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 };
  await using server = await startTestServer({ provider: { durations } });
  const api = createRestJobClient(server.url);
  const { job_id } = await api.createBatch({ endpoint, requests: chatRequests(2) });
  const { status, body } = await answerOf(server.url + jobResultsUrl(job_id));
  expect([status, body.error.code, body.error.details]).toEqual([409, 'job_results_not_ready', { job_id }]);
  expect((await api.get(job_id)).job.counts).toEqual({ ...NONE, total: 2, submitted: 2 });
  expect((await api.requests(job_id, { outcome: 'submitted' })).total).toBe(2);
});
