import type { ListRequestsInput, RequestOutcome } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { callJobs, mixedRequests, untilEnded } from '../helpers/jobs.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createRandom } from '../shared/random.ts';
import { createRestJobClient, createTrpcJobClient } from './job-clients.ts';
import { createRestClient, createTrpcClient, errorOf } from './transports.ts';

const MODELS = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1'];
const FILTERS: ListRequestsInput[] = [
  {},
  { outcome: 'succeeded' },
  { outcome: 'failed' },
  { outcome: ['failed', 'expired', 'missing'] },
  { outcome: ['succeeded', 'missing'] },
  { outcome: ['pending', 'submitted', 'cancelled'] },
  { error_code: 'too_long' },
  { error_code: ['too_long', 'refused'] },
  { error_code: ['refused', 'batch_expired'], outcome: ['expired', 'succeeded'] },
  { error_code: 'nothing like this' },
];

/** A job of three batches from lines with blank ones in between, of which half did not succeed; some were sent again. */
async function runRandom(server: TestServer, count: number, seed: number): Promise<string> {
  const random = createRandom(seed);
  const requests = mixedRequests(count, MODELS);
  for (const { custom_id: customId } of requests) {
    const times = random.below(2) === 0 ? { times: 1 } : {};
    const dice = random.below(100);
    if (dice < 10) server.local.faults.add({ kind: 'row_expire', customId, ...times });
    else if (dice < 20) server.local.faults.add({ kind: 'row_missing', customId, ...times });
    else if (dice < 50) {
      const code = random.below(2) === 0 ? 'too_long' : 'refused';
      server.local.faults.add({
        kind: 'row_fail',
        customId,
        statusCode: 400,
        code,
        message: 'No.',
        ...times,
      });
    }
  }
  const body = requests.map((request) => `${'\n'.repeat(random.below(3))}${JSON.stringify(request)}\n`);
  const answer = await fetch(`${server.url}/api/jobs?endpoint=/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/jsonl' },
    body: body.join(''),
  });
  const { job } = (await answer.json()) as { job: { id: string } };
  await untilEnded(server, job.id);
  await callJobs(server, `/${job.id}/retry`, { codes: ['too_long'] });
  await untilEnded(server, job.id);
  return job.id;
}

interface Row {
  line: number;
  outcome: string;
  error_code: string | null;
}

/** The lines that a query is to answer, by a filter of our own, and how many there are on all pages. */
function expectedLines(rows: readonly Row[], query: ListRequestsInput): { lines: number[]; total: number } {
  const isOneOf = (value: string | null, wanted: string | readonly string[] | undefined) =>
    wanted === undefined || [wanted].flat().includes(value as RequestOutcome);
  const matching = rows.filter(
    (row) => isOneOf(row.outcome, query.outcome) && isOneOf(row.error_code, query.error_code),
  );
  const start = Number(query.offset ?? 0);
  const lines = matching.map(({ line }) => line).slice(start, start + Number(query.limit));
  return { lines, total: matching.length };
}

test('a page may begin anywhere, whatever the filter', async () => {
  await using server = await startTestServer();
  const jobId = await runRandom(server, 120, 7);
  const all = await server.db.request.findMany({ orderBy: { line: 'asc' } });
  expect(new Set(all.map(({ attempt }) => attempt))).toEqual(new Set([1, 2, 3]));
  const submissions = await server.db.submission.findMany({ where: { batch_id: { not: null } } });
  expect(submissions.length).toBeGreaterThan(3);
  const clients = [
    { job: createRestJobClient(server.url), batch: createRestClient(server.url) },
    { job: createTrpcJobClient(server.url), batch: createTrpcClient(server.url) },
  ];
  const random = createRandom(8);
  for (const filter of FILTERS) {
    for (const { job, batch } of clients) {
      const counts = random.below(2) === 0;
      const query = { ...filter, offset: random.below(60), limit: 1 + random.below(99), counts };
      const { id, batch_id } = random.pick(submissions);
      const cases = [
        { rows: all.filter((row) => !row.is_superseded), page: await job.requests(jobId, query) },
        { rows: all.filter((row) => row.submission_id === id), page: await batch.requests(batch_id!, query) },
      ];
      for (const { rows, page } of cases) {
        const { lines, total } = expectedLines(rows, query);
        const what = JSON.stringify(query);
        expect([page.data.map(({ line }) => line), page.total], what).toEqual([lines, total]);
        expect(page.has_more, what).toBe(query.offset + lines.length < total);
        expect(page.last_line, what).toBe(lines.at(-1) ?? null);
        const sum = Object.values(page.counts?.by_outcome ?? {}).reduce((all_, count) => all_ + count, 0);
        expect(sum, what).toBe(counts ? rows.length : 0);
      }
    }
  }
});

describe.each([
  ['REST', createRestJobClient],
  ['tRPC', createTrpcJobClient],
])('over %s', (_name, connect) => {
  test('what cannot be is said', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const wrong: [ListRequestsInput, string][] = [
      [{ offset: 1, after: 1 }, 'offset'],
      [{ offset: 0, after: 0 }, 'offset'],
      [{ offset: -1 }, 'offset'],
      [{ offset: 10_000_001 }, 'offset'],
      [{ outcome: 'failed,done' }, 'outcome.1'],
      [{ outcome: [] }, 'outcome'],
      [{ error_code: '' }, 'error_code'],
      [{ counts: 'maybe' }, 'counts'],
    ];
    for (const [query, param] of wrong) {
      const { status, error } = await errorOf(api.requests('job_nope', query));
      expect([status, error.code, error.param], JSON.stringify(query)).toEqual([400, 'invalid_value', param]);
    }
    expect((await errorOf(api.requests('job_nope', { offset: 1 }))).error.code).toBe('job_not_found');
  });

  test('a page may begin beyond the end, and at one request', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { id } = await api.create({ endpoint: '/v1/chat/completions', requests: mixedRequests(3) });
    await untilEnded(server, id);
    expect(await api.requests(id, { offset: 3 })).toMatchObject({ data: [], has_more: false, total: 3 });
    expect(await api.requests(id, { offset: 10_000_000, outcome: 'succeeded' })).toMatchObject({
      data: [],
      total: 3,
    });
    expect(await api.requests(id, { custom_id: 'request-2', offset: 0 })).toMatchObject({
      data: [{ line: 2 }],
    });
    expect(await api.requests(id, { custom_id: 'request-2', offset: 1 })).toMatchObject({
      data: [],
      total: 1,
    });
    const page = await api.requests(id, { counts: false });
    expect(page).not.toHaveProperty('counts');
    expect(page.total).toBe(3);
  });

  test('a request of several megabytes comes whole, and its size before it', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const requests = mixedRequests(2);
    requests[1]!.body['messages'] = [{ role: 'user', content: `${'é'.repeat(4_500_000)}\u2028"` }];
    const answer = {
      custom_id: 'request-2',
      response: { status_code: 200, body: { text: 'x'.repeat(1_500_000) } },
    };
    server.local.faults.add({ kind: 'row_text', customId: 'request-2', text: JSON.stringify(answer) });
    const { id } = await api.create({ endpoint: '/v1/chat/completions', requests });
    await untilEnded(server, id);
    const [small] = (await api.requests(id, { custom_id: 'request-2' })).data;
    expect(small!.input_bytes).toBe(Buffer.byteLength(JSON.stringify(requests[1])));
    expect(small!.result_bytes).toBe(Buffer.byteLength(JSON.stringify(answer)));
    const [whole] = (await api.requests(id, { custom_id: 'request-2', include: ['input', 'result'] })).data;
    expect(JSON.stringify(whole!.input) === JSON.stringify(requests[1])).toBe(true);
    expect(JSON.stringify(whole!.result) === JSON.stringify(answer)).toBe(true);
  });
});
