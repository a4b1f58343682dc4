import type { ErrorGroup, JobErrorsAnswer } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { callJobs, createJob, mixedRequests, untilEnded } from '../helpers/jobs.ts';
import { resultLine } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createRandom } from '../shared/random.ts';
import { createRestJobClient, createTrpcJobClient } from './job-clients.ts';
import { errorOf } from './transports.ts';

const MODELS = ['gpt-4o-mini', 'gpt-4o'];
const endpoint = '/v1/chat/completions';

/** The groups of a job by a plain count of its rows. */
async function countRows(server: TestServer): Promise<unknown[]> {
  const rows = await server.db.request.findMany({
    where: { is_superseded: false, outcome: { in: ['failed', 'expired', 'cancelled', 'missing'] } },
    orderBy: { line: 'asc' },
  });
  const groups = new Map<string, { key: unknown[]; count: number; line: number }>();
  for (const { outcome, error_code, status_code, line } of rows) {
    const key = [outcome, error_code, status_code];
    const group = groups.get(JSON.stringify(key)) ?? { key, count: 0, line };
    group.count += 1;
    groups.set(JSON.stringify(key), group);
  }
  return [...groups.values()]
    .toSorted((a, b) => b.count - a.count || a.line - b.line)
    .map(({ key, count, line }) => key.concat(count, line));
}

const short = ({ groups }: JobErrorsAnswer) =>
  groups.map(({ outcome, error_code, status_code, count, sample }) => [
    outcome,
    error_code,
    status_code,
    count,
    sample.line,
  ]);

describe.each([
  ['REST', createRestJobClient],
  ['tRPC', createTrpcJobClient],
])('over %s', (_name, connect) => {
  test.concurrent('errors are grouped, most first, with what the first one says', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const fail = (customId: string, statusCode: number, code: string | null, message: string) =>
      server.local.faults.add({ kind: 'row_fail', customId, statusCode, code, message });
    for (const line of [3, 5, 7]) fail(`request-${line}`, 400, 'too_long', `Too long: ${line}.`);
    fail('request-9', 422, 'too_long', 'é'.repeat(1_200));
    for (const line of [2, 4]) fail(`request-${line}`, 403, null, 'Not yours.');
    server.local.faults.add(
      { kind: 'row_expire', customId: 'request-6' },
      { kind: 'row_missing', customId: 'request-8' },
      { kind: 'row_text', customId: 'request-10', text: resultLine('request-10', 'no object', 404) },
    );
    const id = await createJob(server, mixedRequests(12, MODELS), { retry: { attempts: 1 } });
    await untilEnded(server, id);
    const { success, groups, batch_errors } = await api.errors(id);
    expect([success, batch_errors]).toEqual([true, []]);
    const group = (
      outcome: string,
      error_code: string | null,
      status_code: number | null,
      count: number,
    ) => ({
      outcome,
      error_code,
      status_code,
      count,
    });
    const sample = (line: number, message: string | null) => ({
      sample: { line, custom_id: `request-${line}`, message },
    });
    expect(groups).toEqual([
      { ...group('failed', 'too_long', 400, 3), ...sample(3, 'Too long: 3.') },
      { ...group('failed', groups[1]!.error_code, 403, 2), ...sample(2, 'Not yours.') },
      { ...group('expired', 'batch_expired', null, 1), ...sample(6, expect.any(String)) },
      { ...group('missing', null, null, 1), ...sample(8, null) },
      { ...group('failed', 'too_long', 422, 1), ...sample(9, 'é'.repeat(1_000)) },
      { ...group('failed', null, 404, 1), ...sample(10, null) },
    ]);
  });

  test.concurrent('why a batch failed as a whole is told, and why one was not created', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const errors = [
      { code: 'model_not_found', message: 'There is no such model.', param: 'model', line: 1 },
      { code: 'other', message: 'Something else.', param: null, line: null },
    ];
    server.local.faults.add({ kind: 'batch_failed', errors });
    const failed = await api.createBatch({ endpoint, requests: mixedRequests(3) });
    await untilEnded(server, failed.job_id);
    const { groups, batch_errors } = await api.errors(failed.job_id);
    const [submission] = (await api.get(failed.job_id)).submissions;
    const ids = { batch_id: failed.id, submission_id: submission!.id };
    expect(batch_errors).toEqual(errors.map((error) => Object.assign(error, ids)));
    expect(groups).toMatchObject([
      {
        outcome: 'failed',
        error_code: 'model_not_found',
        status_code: null,
        count: 3,
        sample: { message: null },
      },
    ]);

    await server.db.submission.update({
      where: { id: submission!.id },
      data: { status: 'failed', error_code: 'provider_rejected', error_message: 'No.' },
    });
    await server.db.batch.update({ where: { id: failed.id }, data: { errors: null } });
    expect((await api.errors(failed.job_id)).batch_errors).toEqual([
      { ...ids, code: 'provider_rejected', message: 'No.', line: null, param: null },
    ]);
  });

  test.concurrent('a job of which nothing failed has none, and one that is not there is said', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const id = await createJob(server, 2);
    await untilEnded(server, id);
    expect(await api.errors(id)).toEqual({ success: true, groups: [], batch_errors: [] });
    expect((await errorOf(api.errors('job_nope'))).error.code).toBe('job_not_found');
  });
});

test.concurrent('groups of a random job are those of a plain count, and a retry takes what it names of them', async () => {
  await using server = await startTestServer();
  const random = createRandom(5);
  const requests = mixedRequests(150, MODELS);
  for (const { custom_id: customId } of requests) {
    const dice = random.below(10);
    if (dice < 2) server.local.faults.add({ kind: 'row_expire', customId });
    // Once only: a batch of which nothing at all comes back is waited for.
    else if (dice < 4) server.local.faults.add({ kind: 'row_missing', customId, times: 1 });
    else if (dice < 8) {
      const statusCode = random.pick([400, 422, 403]);
      const code = random.pick(['too_long', 'refused', null]);
      server.local.faults.add({ kind: 'row_fail', customId, statusCode, code, message: 'No.' });
    }
  }
  const api = createTrpcJobClient(server.url);
  const { id } = await api.create({ endpoint, requests, retry: { attempts: 1 } });
  await untilEnded(server, id);
  expect(short(await api.errors(id))).toEqual(await countRows(server));
  const { groups } = await api.errors(id);
  expect(groups.length).toBeGreaterThan(8);

  // By outcome and code a retry takes all groups that have these, and no other.
  const attempts = () =>
    server.db.request.findMany({ where: { is_superseded: false }, orderBy: { line: 'asc' } });
  const cases: { what: object; takes: (group: ErrorGroup) => boolean }[] = [
    {
      what: { outcomes: ['failed'], codes: ['too_long'] },
      takes: ({ error_code }) => error_code === 'too_long',
    },
    { what: { outcomes: ['missing'] }, takes: ({ outcome }) => outcome === 'missing' },
    { what: { codes: ['403'] }, takes: ({ status_code }) => status_code === 403 },
    {
      what: { outcomes: ['expired'], codes: ['batch_expired'] },
      takes: ({ outcome }) => outcome === 'expired',
    },
  ];
  // By group it takes that one only, not others with the same code.
  const refused = groups.filter(({ error_code }) => error_code === 'refused');
  expect(refused.length).toBeGreaterThan(1);
  const { outcome, error_code, status_code } = refused[0]!;
  cases.push({
    what: { groups: [{ outcome, error_code, status_code }] },
    takes: (group) => group.error_code === error_code && group.status_code === status_code,
  });
  for (const { what, takes } of cases) {
    const before = (await api.errors(id)).groups;
    const rows = await attempts();
    await callJobs(server, `/${id}/retry`, what);
    await untilEnded(server, id);
    const sent = (await attempts()).filter(({ attempt }, index) => attempt > rows[index]!.attempt);
    const expected = before.filter(takes).reduce((sum, { count }) => sum + count, 0);
    expect([what, sent.length]).toEqual([what, expected]);
    expect(expected).toBeGreaterThan(4);
    expect(short(await api.errors(id))).toEqual(await countRows(server));
  }
});
