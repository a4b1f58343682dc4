import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileContentUrl } from '@batchdesk/shared';
import type { FileView } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { answerOf, filesLeft } from '../helpers/http.ts';
import { chatRequests, parseLines, toJsonl } from '../helpers/requests.ts';
import { download } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createClient, runBatch } from '../local-provider/helpers.ts';
import { createRestFileClient, createTrpcFileClient } from './file-clients.ts';
import { code, endpoint, filesAtProvider, find, makeOld, run, upload } from './file-helpers.ts';
import { createRestClient } from './transports.ts';

const slow = { durations: { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 } };

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
