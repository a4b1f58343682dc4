import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileContentUrl } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { answerOf, filesLeft } from '../helpers/http.ts';
import { callJobs, createJob, mixedRequests, requestIds, resultIds, untilEnded } from '../helpers/jobs.ts';
import { chatRequests, parseLines, toJsonl } from '../helpers/requests.ts';
import { runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { createRestFileClient, createTrpcFileClient } from './file-clients.ts';
import { code, endpoint, filesAtProvider, find, makeOld, run, upload } from './file-helpers.ts';
import { createRestClient } from './transports.ts';

describe.each([
  ['REST', createRestFileClient],
  ['tRPC', createTrpcFileClient],
])('over %s', (_name, connect) => {
  test.concurrent('a clean-up deletes what nothing needs, and what is retried afterwards succeeds', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { jobId, input, output, error } = await run(server, api);
    const bytes = [input, output, error].reduce((sum, one) => sum + one.bytes!, 0);
    const would = { success: true, dry_run: true, files: 3, bytes, failed: [], has_more: false };
    expect(await api.cleanUp(true)).toEqual(would);
    expect(await filesAtProvider(server)).toHaveLength(3);
    expect((await api.totals()).cleanable).toEqual({ files: 3, bytes });
    expect(await api.cleanUp()).toEqual({ ...would, dry_run: false });
    expect(await api.cleanUp()).toMatchObject({ files: 0, bytes: 0 });
    expect(await filesAtProvider(server)).toEqual([]);

    await callJobs(server, `/${jobId}/retry`, {});
    const { job } = await untilEnded(server, jobId);
    expect(job.counts).toMatchObject({ total: 3, succeeded: 3 });
    expect(await resultIds(server, jobId)).toEqual(requestIds(3));
    // The same content again is sent again.
    await runToEnd(server, 3);
  });
});

test.concurrent('a job of several batches that goes on keeps what it needs in a clean-up, and its input here', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  server.local.faults.add({ kind: 'batch_stuck', status: 'in_progress', skip: 1 });
  server.local.faults.add({ kind: 'row_fail', customId: 'request-1', statusCode: 500, times: 1 });
  const jobId = await createJob(server, mixedRequests(4, ['gpt-4o-mini', 'gpt-4o']));
  const listed = await waitFor(
    () => api.list({ job_id: jobId }),
    ({ data }) => data.some((one) => one.role !== 'input' && one.here !== null),
  );
  const whole = listed.data.find((one) => one.provider === null)!;
  expect(whole).toMatchObject({ role: 'input', at_provider: false, here: whole.bytes, request_count: 4 });
  expect(whole).toMatchObject({ needed: true, needed_by: 'job_in_progress' });
  expect(await code(api.delete(whole.id))).toBe('409 file_in_use');
  const before = await filesAtProvider(server);
  expect(await api.cleanUp()).toMatchObject({ files: 0, failed: [] });
  expect(await filesAtProvider(server)).toEqual(expect.arrayContaining(before));
  const content = await fetch(server.url + fileContentUrl(whole.id));
  expect(parseLines(await content.text()).map(({ custom_id }) => custom_id)).toEqual(requestIds(4));

  server.local.faults.clear();
  server.local.faults.release();
  const { job } = await untilEnded(server, jobId);
  expect(job.counts).toMatchObject({ total: 4, succeeded: 4 });
  expect(await code(api.delete(whole.id))).toBe('409 file_kept');
  const all = await api.list();
  expect(all.data.map(({ id }) => id).toSorted()).toEqual(
    (await api.list({ job_id: jobId })).data.map(({ id }) => id).toSorted(),
  );
  expect((await api.cleanUp()).files).toBe(all.data.length - 1);
  expect(await filesAtProvider(server)).toEqual([]);
  expect(await resultIds(server, jobId)).toEqual(requestIds(4));
});

test.concurrent('what the provider does not delete is told, and the rest is deleted', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { input, output, error } = await run(server, api);
  const ids = [input.id, output.id, error.id];
  // One call and what is tried again of it.
  server.local.faults.add({ kind: 'server_error', on: 'files.delete', skip: 1, times: 3 });
  const first = await api.cleanUp();
  expect(first).toMatchObject({ files: 2, failed: [{ code: 'provider_error' }], has_more: false });
  const { file_id } = first.failed[0]!;
  expect(ids).toContain(file_id);
  expect(await filesAtProvider(server)).toEqual([file_id]);
  expect(await find(api, file_id)).toMatchObject({ at_provider: true });
  expect(await api.cleanUp()).toMatchObject({ files: 1, failed: [] });

  const other = await upload(server);
  server.local.faults.add({ kind: 'unauthorized', on: 'files.delete' });
  expect(await code(api.delete(other))).toBe('502 provider_unauthorized');
  expect(await find(api, other)).toMatchObject({ at_provider: true, here: expect.any(Number) });
});

test.concurrent('nothing more is asked of a provider that deletes nothing now', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  await run(server, api);
  server.local.faults.add({ kind: 'unauthorized', on: 'files.delete', times: 10 });
  const answer = await api.cleanUp();
  expect(answer).toMatchObject({ files: 0, failed: [{ code: 'provider_unauthorized' }], has_more: true });
  expect(answer.failed).toHaveLength(1);
  expect(await filesAtProvider(server)).toHaveLength(3);
});

test.concurrent('a clean-up of many files takes several calls', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const data = Array.from({ length: 130 }, (_, index) => ({
    id: `file-${index}`,
    provider: 'openai',
    filename: `sub_${String(index).padStart(32, '0')}.jsonl`,
    bytes: 10,
    created_at: index,
    purpose: 'batch',
    sha256: String(index),
  }));
  await server.db.batchFile.createMany({ data });
  expect(await api.cleanUp(true)).toMatchObject({ files: 130, bytes: 1_300, has_more: false });
  // Two at once take turns.
  const [first, second] = await Promise.all([api.cleanUp(), api.cleanUp()]);
  const answers = [first, second].toSorted((a, b) => b.files - a.files);
  expect(answers).toMatchObject([
    { files: 100, bytes: 1_000, has_more: true },
    { files: 30, bytes: 300, has_more: false },
  ]);
  expect((await api.list()).data).toEqual([]);
});

test.concurrent('what the provider has lost already counts as deleted', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { input, output, error } = await run(server, api);
  const client = createClient(server.local);
  for (const { id } of [input, output, error]) await client.files.delete(id);
  expect((await api.delete(input.id, 'provider')).deleted.provider).toBe(true);
  expect(await api.cleanUp()).toMatchObject({ files: 2, failed: [] });
  expect((await api.list()).data.map(({ at_provider }) => at_provider)).toEqual([false, false, false]);
});

test.concurrent('files of batches made elsewhere are listed once, and are never cleaned up', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { id, input_file_id, output_file_id } = await runBatch(createClient(server.local), chatRequests(2));
  await createRestClient(server.url).list({ source: 'api' });
  const { data } = await api.list();
  expect(data.map((one) => one.id).toSorted()).toEqual([input_file_id, output_file_id!].toSorted());
  expect(data[0]).toMatchObject({ bytes: null, here: null, at_provider: true, needed_by: 'only_copy' });
  expect(await api.totals()).toMatchObject({ at_provider: { files: 2, bytes: 0 }, cleanable: { files: 0 } });
  const { job_id } = await server.db.batch.findUniqueOrThrow({ where: { id } });
  expect((await api.list({ job_id })).data.map((one) => String(one.role)).toSorted()).toEqual([
    'input',
    'output',
  ]);
  // The input is passed on, the results are kept.
  const input = await fetch(server.url + fileContentUrl(input_file_id));
  expect(parseLines(await input.text())).toEqual(chatRequests(2));
  expect(await code(api.delete(input_file_id))).toBe('409 file_only_copy');
  await createRestClient(server.url).requests(id, { include: ['input', 'result'] });
  expect(await api.cleanUp()).toMatchObject({ files: 0 });
  expect(await code(api.delete(output_file_id!))).toBe('409 file_kept');
  // By name it is; afterwards it is gone for the other program too.
  expect((await api.delete(output_file_id!, 'provider')).deleted.provider).toBe(true);
  await fetch(`${server.url}/api/jobs/${job_id}`, { method: 'DELETE' });
  expect((await api.list()).data).toEqual([]);
  expect(await api.cleanUp()).toMatchObject({ files: 0 });
  expect(await filesAtProvider(server)).toEqual([input_file_id]);
  expect(await filesLeft(server.folder)).toEqual([]);
});

test.concurrent('files of deleted jobs and uploads that nobody used are cleaned up, in time', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { jobId, output, error } = await run(server, api);
  await fetch(`${server.url}/api/jobs/${jobId}`, { method: 'DELETE' });
  const young = await upload(server, 'young.jsonl', 1);
  const old = await upload(server, 'old.jsonl', 4);
  await makeOld(server, old);
  expect(await filesAtProvider(server)).toHaveLength(5);
  const { totals } = (await answerOf(`${server.url}/api/files/totals`)).body;
  const answer = await api.cleanUp();
  expect(answer).toMatchObject({ files: 2, failed: [], bytes: totals.cleanable.bytes });
  // Of the results nothing here tells any more whose they are.
  const left = [young, output.id, error.id].toSorted();
  expect((await filesAtProvider(server)).toSorted()).toEqual(left);
  expect((await api.list()).data.map(({ id }) => id).toSorted()).toEqual(left);
  expect(await filesLeft(server.folder)).toHaveLength(1);
});

test.concurrent('what cannot be proved to be ours is never cleaned up', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const client = createClient(server.local);
  const theirs = await runBatch(client, chatRequests(2));
  const common = { provider: 'openai', bytes: 10, created_at: 1 };
  const sub = `sub_${'0'.repeat(32)}.jsonl`;
  // Rows that an earlier version left of batches made elsewhere, another server's uploads among them.
  await server.db.batchFile.createMany({
    data: [
      { id: theirs.output_file_id!, filename: 'x.jsonl', purpose: 'batch_output', ...common },
      { id: theirs.input_file_id, filename: sub, purpose: 'batch', ...common },
    ],
  });
  // A batch of ours, of a file that was sent by another program, and its copy.
  const ours = await client.files.create({
    purpose: 'batch',
    file: new File([toJsonl(chatRequests(1))], 'a.jsonl'),
  });
  const { id } = await createRestClient(server.url).create({ endpoint, input_file_id: ours.id });
  const { job_id } = await server.db.batch.findUniqueOrThrow({ where: { id } });
  await untilEnded(server, job_id);
  await createRestClient(server.url).requests(id, { include: ['input', 'result'] });
  await api.cleanUp();
  const left = [theirs.output_file_id!, theirs.input_file_id, ours.id];
  expect((await filesAtProvider(server)).toSorted()).toEqual(left.toSorted());
});

test.concurrent('a copy that was cut permits no deletion', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { batchId, input, output, error } = await run(server, api);
  await truncate(join(server.folder, `data/results/${batchId}_output.jsonl`), 10);
  const { stored_name } = await server.db.batchFile.findUniqueOrThrow({ where: { id: input.id } });
  await truncate(join(server.folder, 'data', stored_name!), 10);
  for (const { id } of [input, output]) {
    expect(await find(api, id)).toMatchObject({ here: 10, needed: true, needed_by: 'only_copy' });
    expect(await code(api.delete(id, 'provider'))).toBe('409 file_only_copy');
  }
  // The totals tell of no more than what goes.
  const one = { files: 1, bytes: error.bytes! };
  expect((await api.totals()).cleanable).toEqual(one);
  expect(await api.cleanUp(true)).toMatchObject(one);
  expect(await api.cleanUp()).toMatchObject(one);
  // As a process leaves it that died before it wrote down what it had: the provider knows the size.
  await server.db.batchFile.deleteMany({ where: { id: output.id } });
  expect(await code(api.delete(output.id, 'provider'))).toBe('409 file_only_copy');
  expect((await filesAtProvider(server)).toSorted()).toEqual([input.id, output.id].toSorted());
});

test.concurrent.each([
  ['a clean-up deletes files', '/api/files/clean-up', 'POST'],
  ['a job is deleted with its files', '/api/jobs/{id}?provider_files=true', 'DELETE'],
])('a batch of the same content keeps its input while %s', async (_what, path, method) => {
  await using server = await startTestServer();
  const { jobId } = await run(server, createRestFileClient(server.url));
  const { faults } = server.local;
  const count = () => faults.calls().filter(({ operation }) => operation === 'files.retrieve').length;
  const before = count();
  // The provider says that it has the file while its deletion is on the way.
  faults.add({ kind: 'slow', on: 'files.retrieve', delayMs: 1_000 });
  faults.add({ kind: 'slow', on: 'files.delete', delayMs: 3_000 });
  faults.add({ kind: 'batch_stuck', status: 'in_progress' });
  const creating = createRestClient(server.url).create({ endpoint, requests: chatRequests(3) });
  await waitFor(count, (calls) => calls > before);
  const deleting = answerOf(`${server.url}${path.replace('{id}', jobId)}`, { method });
  const batch = await creating;
  expect((await deleting).status).toBe(200);
  expect(await filesAtProvider(server)).toContain(batch.input_file_id);
});
