import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileContentUrl } from '@batchdesk/shared';
import type { FileView } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { callJobs, createJob, mixedRequests, requestIds, resultIds, untilEnded } from '../helpers/jobs.ts';
import { answerOf, file, filesLeft, form } from '../helpers/http.ts';
import { chatRequests, parseLines, toJsonl } from '../helpers/requests.ts';
import { download, runToEnd } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { createRestFileClient, createTrpcFileClient } from './file-clients.ts';
import type { FileClient } from './file-clients.ts';
import { createRestClient, errorOf } from './transports.ts';

const endpoint = '/v1/chat/completions';
const slow = { durations: { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 } };
const FAILS = {
  kind: 'row_fail',
  customId: 'request-2',
  statusCode: 400,
  code: 'too_long',
  times: 1,
} as const;
const DAY = 24 * 60 * 60;

/** Runs a batch of three requests, one of which fails, to the end of its job. Returns the job and its files by role. */
async function run(server: TestServer, api: FileClient) {
  server.local.faults.add(FAILS);
  const batchId = await runToEnd(server, 3);
  const { job_id: jobId } = await server.db.batch.findUniqueOrThrow({ where: { id: batchId } });
  await untilEnded(server, jobId);
  const files = byRole((await api.list({ job_id: jobId })).data);
  return { batchId, jobId, ...files };
}

function byRole(files: FileView[]) {
  const ofRole = (role: string) => files.find((one) => one.role === role)!;
  return { input: ofRole('input'), output: ofRole('output'), error: ofRole('error') };
}

async function find(api: FileClient, id: string): Promise<FileView | undefined> {
  return (await api.list({ q: id })).data.find((one) => one.id === id);
}

/** The ids of the files that the provider has. */
async function filesAtProvider({ local }: TestServer): Promise<string[]> {
  const list = await createClient(local).files.list({ limit: 10_000 });
  return list.data.map(({ id }) => id);
}

async function upload(server: TestServer, name = 'mine.jsonl', count = 2): Promise<string> {
  const body = form([['file', file(toJsonl(chatRequests(count))), name]]);
  const answer = await answerOf(`${server.url}/api/batch/upload`, { method: 'POST', body });
  return answer.body.file.id;
}

const makeOld = (server: TestServer, id: string) =>
  server.db.batchFile.update({
    where: { id },
    data: { created_at: Math.floor(Date.now() / 1000) - DAY - 1 },
  });

async function code(call: Promise<unknown>): Promise<string> {
  const { status, error } = await errorOf(call);
  return `${status} ${error.code}`;
}

describe.each([
  ['REST', createRestFileClient],
  ['tRPC', createTrpcFileClient],
])('over %s', (_name, connect) => {
  test('the files of a job are listed, with what they are and what uses them', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const unused = await upload(server);
    const { jobId, input, output, error } = await run(server, api);
    for (const [role, one, purpose] of [
      ['input', input, 'batch'],
      ['output', output, 'batch_output'],
      ['error', error, 'batch_output'],
    ] as const) {
      expect(one).toMatchObject({
        object: 'file',
        purpose,
        role,
        provider: 'openai',
        at_provider: true,
        here: one.bytes,
        used_by: [{ job_id: jobId, name: null, role }],
        used_by_count: 1,
        needed: false,
        needed_by: null,
      });
      expect(one.bytes).toBeGreaterThan(100);
    }
    expect(input.request_count).toBe(3);
    const all = (await api.list()).data;
    expect(all.map(({ id }) => id).toSorted()).toEqual([input.id, output.id, error.id, unused].toSorted());
    expect(all.find(({ id }) => id === unused)).toMatchObject({
      filename: 'mine.jsonl',
      used_by: [],
      used_by_count: 0,
      needed: false,
    });
    const { role: _, ...listed } = output;
    expect(all).toContainEqual(listed);
    expect((await api.list({ purpose: 'batch' })).data).toHaveLength(2);
    expect((await api.list({ q: 'MINE' })).data.map(({ id }) => id)).toEqual([unused]);
    expect((await api.list({ q: '%' })).data).toEqual([]);
    const bytes = all.reduce((sum, one) => sum + one.bytes!, 0);
    const sum = { files: 4, bytes };
    const cleanable = { files: 3, bytes: bytes - all.find(({ id }) => id === unused)!.bytes! };
    expect(await api.totals()).toEqual({ at_provider: sum, here: sum, cleanable });
    expect(await code(api.list({ job_id: 'job_nope' }))).toBe('404 job_not_found');
    expect(await code(api.list({ after: 'file-abc' }))).toBe('400 invalid_value');
    expect(await code(api.delete('file-nope'))).toBe('404 file_not_found');
  });

  test('the files of a batch that runs are not deleted', async () => {
    await using server = await startTestServer({ provider: slow });
    const api = connect(server.url);
    const batch = await createRestClient(server.url).create({ endpoint, requests: chatRequests(2) });
    const id = batch.input_file_id;
    expect(await find(api, id)).toMatchObject({ needed: true, needed_by: 'active_batch' });
    for (const where of ['provider', 'here', 'both', undefined] as const) {
      expect(await code(api.delete(id, where))).toBe('409 file_in_use');
    }
    for (const dryRun of [true, false, undefined]) {
      expect(await api.cleanUp(dryRun)).toMatchObject({ files: 0, bytes: 0, failed: [], has_more: false });
    }
    expect((await api.totals()).cleanable).toEqual({ files: 0, bytes: 0 });
    expect(await filesAtProvider(server)).toEqual([id]);
    expect(await filesLeft(server.folder)).toHaveLength(1);
  });

  test('what is here may go from the provider, and stays here as long as its job', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { batchId, jobId, input, output, error } = await run(server, api);
    for (const { id } of [input, output, error]) {
      expect(await code(api.delete(id))).toBe('409 file_kept');
      expect(await code(api.delete(id, 'here'))).toBe('409 file_kept');
      const done = { success: true, id, deleted: { provider: true, here: false } };
      expect(await api.delete(id, 'provider')).toEqual(done);
      expect(await api.delete(id, 'provider')).toEqual({
        ...done,
        deleted: { provider: false, here: false },
      });
      expect(await find(api, id)).toMatchObject({ at_provider: false, used_by_count: 1, needed: false });
    }
    expect(await filesAtProvider(server)).toEqual([]);
    expect(parseLines(await download(server, batchId, 'type=merged'))).toHaveLength(3);
    expect((await api.totals()).at_provider).toEqual({ files: 0, bytes: 0 });
    await fetch(`${server.url}/api/jobs/${jobId}`, { method: 'DELETE' });
    expect((await api.list()).data).toEqual([]);
    expect(await server.db.batchFile.count()).toBe(0);
  });

  test('an upload that nothing uses is deleted where it is asked for', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const [first, second, third] = [
      await upload(server, 'a.jsonl', 1),
      await upload(server, 'b.jsonl', 2),
      await upload(server, 'c.jsonl', 3),
    ];
    expect((await api.delete(first)).deleted).toEqual({ provider: true, here: true });
    expect((await api.delete(second, 'provider')).deleted).toEqual({ provider: true, here: false });
    expect((await api.delete(third, 'here')).deleted).toEqual({ provider: false, here: true });
    expect(await find(api, first)).toBeUndefined();
    expect(await find(api, second)).toMatchObject({ at_provider: false, here: expect.any(Number) });
    expect(await find(api, third)).toMatchObject({ at_provider: true, here: null });
    expect(await code(api.delete(first))).toBe('404 file_not_found');
    // A batch can be made of either: one is sent again, the other is still there.
    for (const input_file_id of [second, third]) {
      const { id } = await createRestClient(server.url).create({ endpoint, input_file_id });
      await waitFor(
        () => createRestClient(server.url).get(id),
        ({ batch }) => batch.status === 'completed',
      );
    }
  });

  test('a clean-up deletes what nothing needs, and what is retried afterwards succeeds', async () => {
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

test('a job of several batches that goes on keeps what it needs in a clean-up, and its input here', async () => {
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

test('what the provider does not delete is told, and the rest is deleted', async () => {
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

test('nothing more is asked of a provider that deletes nothing now', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  await run(server, api);
  server.local.faults.add({ kind: 'unauthorized', on: 'files.delete', times: 10 });
  const answer = await api.cleanUp();
  expect(answer).toMatchObject({ files: 0, failed: [{ code: 'provider_unauthorized' }], has_more: true });
  expect(answer.failed).toHaveLength(1);
  expect(await filesAtProvider(server)).toHaveLength(3);
});

test('a clean-up of many files takes several calls', async () => {
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

test('what the provider has lost already counts as deleted', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { input, output, error } = await run(server, api);
  const client = createClient(server.local);
  for (const { id } of [input, output, error]) await client.files.delete(id);
  expect((await api.delete(input.id, 'provider')).deleted.provider).toBe(true);
  expect(await api.cleanUp()).toMatchObject({ files: 2, failed: [] });
  expect((await api.list()).data.map(({ at_provider }) => at_provider)).toEqual([false, false, false]);
});

test('a result that is only at the provider stays there, and comes here with its content', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { batchId, output } = await run(server, api);
  await rm(join(server.folder, `data/results/${batchId}_output.jsonl`));
  expect(await find(api, output.id)).toMatchObject({ here: null, needed_by: 'only_copy' });
  expect(await code(api.delete(output.id))).toBe('409 file_only_copy');
  expect((await api.cleanUp()).files).toBe(2);
  expect(await filesAtProvider(server)).toEqual([output.id]);
  const content = await fetch(server.url + fileContentUrl(output.id));
  expect(parseLines(await content.text())).toHaveLength(2);
  await waitFor(
    () => find(api, output.id),
    (one) => one?.here === output.bytes,
  );
  expect((await api.cleanUp()).files).toBe(1);
});

test('files of batches made elsewhere are listed once, and are never cleaned up', async () => {
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

test('a file that only a batch names can be deleted once nothing is read from it', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { id, output_file_id } = await runBatch(createClient(server.local), chatRequests(1));
  await createRestClient(server.url).list({ source: 'api' });
  await download(server, id, 'type=output');
  // As a process leaves it that died before it wrote down what it had.
  await server.db.batchFile.deleteMany();
  const fileId = output_file_id!;
  expect(await find(api, fileId)).toMatchObject({ here: expect.any(Number), needed: false });
  await createClient(server.local).files.delete(fileId);
  expect((await api.delete(fileId, 'provider')).deleted.provider).toBe(true);
  expect(await find(api, fileId)).toMatchObject({ bytes: null, at_provider: false });
});

test('files of deleted jobs and uploads that nobody used are cleaned up, in time', async () => {
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

test('what cannot be proved to be ours is never cleaned up', async () => {
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

test('a copy that was cut permits no deletion', async () => {
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

test('a batch of the same content keeps its input while a clean-up deletes files', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  await run(server, api);
  const { faults } = server.local;
  const count = () => faults.calls().filter(({ operation }) => operation === 'files.retrieve').length;
  const before = count();
  // The provider says that it has the file while its deletion is on the way.
  faults.add({ kind: 'slow', on: 'files.retrieve', delayMs: 1_000 });
  faults.add({ kind: 'slow', on: 'files.delete', delayMs: 3_000 });
  faults.add({ kind: 'batch_stuck', status: 'in_progress' });
  const creating = createRestClient(server.url).create({ endpoint, requests: chatRequests(3) });
  await waitFor(count, (calls) => calls > before);
  const cleaning = api.cleanUp();
  const batch = await creating;
  await cleaning;
  expect(await filesAtProvider(server)).toContain(batch.input_file_id);
});

test('a batch of the same content keeps its input while a job is deleted with its files', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const { jobId } = await run(server, api);
  const { faults } = server.local;
  const count = () => faults.calls().filter(({ operation }) => operation === 'files.retrieve').length;
  const before = count();
  faults.add({ kind: 'slow', on: 'files.retrieve', delayMs: 1_000 });
  faults.add({ kind: 'slow', on: 'files.delete', delayMs: 3_000 });
  faults.add({ kind: 'batch_stuck', status: 'in_progress' });
  const creating = createRestClient(server.url).create({ endpoint, requests: chatRequests(3) });
  await waitFor(count, (calls) => calls > before);
  const url = `${server.url}/api/jobs/${jobId}?provider_files=true`;
  const deleting = answerOf(url, { method: 'DELETE' });
  const batch = await creating;
  expect((await deleting).status).toBe(200);
  expect(await filesAtProvider(server)).toContain(batch.input_file_id);
});

test('of a file that is being deleted a batch is made from the copy, or not at all', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const client = createRestClient(server.url);
  const [copied, bare] = [await upload(server, 'a.jsonl', 1), await upload(server, 'b.jsonl', 2)];
  await api.delete(bare, 'here');
  await server.db.batchFile.updateMany({ data: { status: 'deleting' } });
  expect(await code(client.create({ endpoint, input_file_id: bare }))).toBe('409 file_deleting');
  const { input_file_id } = await client.create({ endpoint, input_file_id: copied });
  expect(input_file_id).not.toBe(copied);
});

test('a copy that several files share goes with the last of them', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const first = await upload(server);
  const { id: _, ...row } = await server.db.batchFile.findUniqueOrThrow({ where: { id: first } });
  await server.db.batchFile.create({ data: { id: 'file-twin', ...row } });
  expect((await api.totals()).here.files).toBe(1);
  await api.delete(first);
  expect(await find(api, 'file-twin')).toMatchObject({ here: row.bytes });
  await api.delete('file-twin');
  expect(await filesLeft(server.folder)).toEqual([]);
});

test('files of another provider are shown, and left to it', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const id = await upload(server);
  await server.db.batchFile.update({ where: { id }, data: { provider: 'local' } });
  await makeOld(server, id);
  expect(await code(api.delete(id))).toBe('409 file_elsewhere');
  // Our copy of it is nobody's any more.
  expect(await api.cleanUp()).toMatchObject({ files: 1, failed: [] });
  expect(await filesAtProvider(server)).toEqual([id]);
  const { status, body } = await answerOf(server.url + fileContentUrl(id));
  expect([status, body.error.code]).toEqual([409, 'file_elsewhere']);
});

test.each([
  ['plain.jsonl', 'attachment; filename="plain.jsonl"'],
  ['a "b";\r\nX-Evil: 1.jsonl', 'attachment; filename="a _b_;_X-Evil_ 1.jsonl"'],
  ['../../etc/passwd', 'attachment; filename="__.._etc_passwd"'],
  ['été 🎉.jsonl', `attachment; filename="_t_ _.jsonl"; filename*=UTF-8''%C3%A9t%C3%A9%20%F0%9F%8E%89.jsonl`],
  ['\u202Elnosj.exe', 'attachment; filename="_lnosj.exe"'],
  ['...', 'attachment; filename="file"'],
])('a file named %j is sent to be kept', async (filename, disposition) => {
  await using server = await startTestServer();
  const id = await upload(server);
  await server.db.batchFile.update({ where: { id }, data: { filename } });
  const answer = await fetch(server.url + fileContentUrl(id));
  expect(answer.headers.get('content-disposition')).toBe(disposition);
  expect(answer.headers.get('content-type')).toBe('application/jsonl');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('x-evil')).toBeNull();
  expect(parseLines(await answer.text())).toEqual(chatRequests(2));
});

test('the content of a file comes in parts, and from the provider where there is no copy', async () => {
  await using server = await startTestServer();
  const url = server.url + fileContentUrl(await upload(server));
  const jsonl = toJsonl(chatRequests(2));
  const part = await fetch(url, { headers: { range: 'bytes=2-10' } });
  expect([part.status, await part.text()]).toEqual([206, jsonl.slice(2, 11)]);
  const [left] = await filesLeft(server.folder);
  await rm(join(server.folder, 'data/inputs', left!));
  const whole = await fetch(url);
  expect(whole.headers.get('content-length')).toBe(String(jsonl.length));
  expect(await whole.text()).toBe(jsonl);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(jsonl.length)]);
  server.local.faults.add({ kind: 'truncate', bytes: 20, times: 10 });
  await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow(/terminated|fetch failed/);
  const [id] = await filesAtProvider(server);
  await createClient(server.local).files.delete(id!);
  const { status, body } = await answerOf(url);
  expect([status, body.error.code]).toEqual([410, 'file_expired']);
  const { status: unknown } = await answerOf(server.url + fileContentUrl('file-nope'));
  expect(unknown).toBe(404);
});

test('ten thousand files are paged through, each once, newest first', async () => {
  await using server = await startTestServer();
  const api = createRestFileClient(server.url);
  const now = Math.floor(Date.now() / 1000);
  // Some in the same second, some with a row and some that only batches name.
  const rows = Array.from({ length: 4_000 }, (_, index) => ({
    id: `file-${(index * 7_919) % 4_000}`,
    provider: 'openai',
    filename: `${index % 100 === 0 ? 'rare' : 'often'}.jsonl`,
    bytes: 10,
    created_at: now - Math.floor(index / 40) * 10,
    purpose: index % 2 ? 'batch' : 'batch_output',
  }));
  await server.db.batchFile.createMany({ data: rows });
  await server.db.job.create({
    data: { id: 'job_1', status: 'completed', endpoint, created_at: now, kind: 'imported' },
  });
  const batches = Array.from({ length: 3_000 }, (_, index) => ({
    id: `batch_${index}`,
    job_id: 'job_1',
    provider: 'openai',
    endpoint,
    input_file_id: `file-${index}-in`,
    output_file_id: index < 3 ? `file-${index}` : `file-${index}-out`,
    completion_window: '24h',
    status: 'completed',
    created_at: now - Math.floor(index / 700) * 100,
    requests_total: 1,
    requests_completed: 1,
    requests_failed: 0,
    refreshed_at: now,
    collect_after: 2_000_000_000,
  }));
  await server.db.batch.createMany({ data: batches });
  const expected = [...rows.map(({ id }) => id), ...batches.map((one) => one.input_file_id)];
  expected.push(...batches.slice(3).map((one) => one.output_file_id));
  const seen: FileView[] = [];
  for (let after: string | undefined; ;) {
    const page = await api.list({ limit: 100, ...(after && { after }) });
    seen.push(...page.data);
    if (page.next === null) break;
    expect(page.data).toHaveLength(100);
    after = page.next;
  }
  expect(seen.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
  const order = seen.map(({ created_at, id }) => [created_at, id] as const);
  expect(order).toEqual(order.toSorted((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1)));
  expect(seen.find(({ id }) => id === 'file-2')?.used_by).toMatchObject([
    { job_id: 'job_1', role: 'output' },
  ]);

  const rare = rows.filter(({ filename }) => filename === 'rare.jsonl');
  expect((await api.list({ q: 'rare', limit: 100 })).data).toHaveLength(rare.length);
  expect((await api.list({ q: 'file-2999-out' })).data).toMatchObject([{ id: 'file-2999-out' }]);
  expect(await api.totals()).toMatchObject({ at_provider: { files: 9_997, bytes: 40_000 } });
  const ofJob: string[] = [];
  for (let after: string | undefined; ofJob.length < 500;) {
    const page = await api.list({ limit: 100, job_id: 'job_1', ...(after && { after }) });
    ofJob.push(...page.data.map(({ id }) => id));
    after = page.next!;
  }
  const named = batches.flatMap((one) => [one.input_file_id, one.output_file_id]);
  const isOfJob = new Set(named);
  expect(ofJob).toEqual(
    seen
      .map(({ id }) => id)
      .filter((id) => isOfJob.has(id))
      .slice(0, 500),
  );
});
