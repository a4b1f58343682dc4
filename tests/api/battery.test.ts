import type { Batch, BatchRequest } from '@batchdesk/shared';
import { describe, expect, test } from 'vitest';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createBatchingTrpcClient, createRestClient, createTrpcClient, errorOf } from './transports.ts';

const endpoint = '/v1/chat/completions';
const slow = { durations: { validatingMs: 0, inProgressMs: 600_000, finalizingMs: 0, cancellingMs: 0 } };

describe.each([
  ['REST', createRestClient],
  ['tRPC', createTrpcClient],
  ['tRPC, calls put together', createBatchingTrpcClient],
])('over %s', (_name, connect) => {
  test('a list of requests becomes a batch that completes', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const metadata = { project: 'mon-projet' };
    const created = await api.create({ endpoint, requests: chatRequests(3), metadata });
    expect(created).toMatchObject({ object: 'batch', endpoint, completion_window: '24h', metadata });
    expect(created.id).toMatch(/^batch_/);

    const batch = await waitFor(
      async () => (await api.get(created.id)).batch,
      ({ status }) => status === 'completed',
    );
    expect(batch.request_counts).toEqual({ total: 3, completed: 3, failed: 0 });
    expect(batch.output_file_id).toMatch(/^file-/);
    expect(batch.error_file_id).toBeNull();
    expect(batch.usage?.total_tokens).toBe(batch.usage!.input_tokens + batch.usage!.output_tokens);
    expect(batch.metadata).toEqual(metadata);
    expect((await api.get(created.id, false)).batch).toEqual(batch);
    expect(await api.stats()).toMatchObject({
      total_batches: 1,
      by_status: { completed: 1 },
      request_counts: { total: 3, completed: 3, failed: 0 },
      usage: {
        input_tokens: batch.usage!.input_tokens,
        output_tokens: batch.usage!.output_tokens,
        total_tokens: batch.usage!.total_tokens,
      },
    });
  });

  test('a batch can be cancelled once, and again while it is being cancelled', async () => {
    const provider = { durations: { ...slow.durations, cancellingMs: 600_000 } };
    await using server = await startTestServer({ provider });
    const api = connect(server.url);
    const { id } = await api.create({ endpoint, requests: chatRequests(2) });
    const cancelled = await api.cancel(id);
    expect(cancelled.status).toBe('cancelling');
    expect(cancelled.cancelling_at).toBeGreaterThan(1_700_000_000);
    expect((await api.cancel(id)).status).toBe('cancelling');
  });

  test('a batch that has ended cannot be cancelled', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { id } = await api.create({ endpoint, requests: chatRequests(1) });
    await waitFor(
      async () => (await api.get(id)).batch.status,
      (status) => status === 'completed',
    );
    const { status, error } = await errorOf(api.cancel(id));
    expect(status).toBe(409);
    expect(error).toMatchObject({
      code: 'batch_not_cancellable',
      details: { batch_id: id, status: 'completed' },
    });
  });

  test('the list is paged by after, by offset, and filtered', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const created: Batch[] = [];
    for (let index = 0; index < 5; index += 1) {
      created.push(
        await api.create({ endpoint, requests: chatRequests(1), metadata: { n: `number-${index}` } }),
      );
    }
    const all = await api.list({ limit: 100 });
    expect(all.total).toBe(5);
    expect(all.has_more).toBe(false);
    const ids = all.data.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(created.map(({ id }) => id).toSorted());
    expect(all).toMatchObject({ success: true, object: 'list', first_id: ids[0], last_id: ids[4] });

    const first = await api.list({ limit: 2 });
    expect(first).toMatchObject({ has_more: true, total: 5, last_id: ids[1] });
    const second = await api.list({ limit: 2, after: first.last_id! });
    expect(second.data.map(({ id }) => id)).toEqual(ids.slice(2, 4));
    expect((await api.list({ limit: 3, offset: 4 })).data.map(({ id }) => id)).toEqual(ids.slice(4));

    expect((await api.list({ q: 'number-3' })).data.map(({ id }) => id)).toEqual([created[3]!.id]);
    for (const q of ['no such thing', 'number%', 'number_3', 'batchdesk', 'sha256']) {
      expect(await api.list({ q })).toMatchObject({ data: [], total: 0 });
    }
    expect((await api.list({ endpoint: '/v1/embeddings' })).total).toBe(0);
    const newest = all.data[0]!.created_at;
    expect((await api.list({ created_after: newest + 1 })).total).toBe(0);
    expect((await api.list({ created_before: newest + 1 })).total).toBe(5);
    await waitFor(
      async () => (await api.list({ status: 'completed', model: 'gpt-4o-mini' })).total,
      (total) => total === 5,
    );
    expect((await api.list({ status: 'failed' })).data).toEqual([]);
  });

  test('the provider’s own list stores what it shows', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const { id } = await api.create({ endpoint, requests: chatRequests(1) });
    const page = await api.list({ source: 'api', limit: 10 });
    expect(page.data.map((batch) => batch.id)).toEqual([id]);
    expect(page.total).toBeUndefined();
    const { status, error } = await errorOf(api.list({ source: 'api', status: 'completed' }));
    expect(status).toBe(400);
    expect(error).toMatchObject({ code: 'conflicting_parameters', param: 'status' });
  });

  test('an unknown batch is not found', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    const calls = [
      () => api.get('batch_nope'),
      () => api.get('batch_nope', false),
      () => api.cancel('batch_nope'),
    ];
    for (const call of calls) {
      const { status, error } = await errorOf(call());
      expect(status).toBe(404);
      expect(error).toMatchObject({ code: 'batch_not_found', type: 'not_found_error' });
      expect(error.message).toContain("No batch found with id 'batch_nope'");
      expect(error.request_id).toMatch(/^req_/);
    }
  });

  const wrong: [string, Record<string, unknown>, { code: string; param: string }][] = [
    ['no endpoint', { requests: [] }, { code: 'missing_required_parameter', param: 'endpoint' }],
    ['a wrong endpoint', { endpoint: '/v1/audio' }, { code: 'invalid_value', param: 'endpoint' }],
    ['nothing to run', { endpoint }, { code: 'missing_required_parameter', param: 'requests' }],
    [
      'a list and a file',
      { endpoint, requests: chatRequests(1), input_file_id: 'file-1' },
      { code: 'conflicting_parameters', param: 'input_file_id' },
    ],
    [
      'another window',
      { endpoint, completion_window: '1h', requests: chatRequests(1) },
      { code: 'invalid_value', param: 'completion_window' },
    ],
    ['an unknown field', { endpoint, metdata: {} }, { code: 'unknown_parameter', param: 'metdata' }],
    [
      'metadata that is no text',
      { endpoint, metadata: { n: 1 }, requests: chatRequests(1) },
      { code: 'invalid_value', param: 'metadata.n' },
    ],
    [
      'an expiry that is too soon',
      { endpoint, requests: chatRequests(1), output_expires_after: { anchor: 'created_at', seconds: 60 } },
      { code: 'invalid_value', param: 'output_expires_after.seconds' },
    ],
  ];
  test.each(wrong)('%s is refused, by name', async (_what, body, expected) => {
    await using server = await startTestServer();
    const { status, error } = await errorOf(connect(server.url).create(body as never));
    expect(status).toBe(400);
    expect(error).toMatchObject({ ...expected, type: 'invalid_request_error' });
  });

  test('wrong requests are all listed, and nothing is sent', async () => {
    await using server = await startTestServer();
    const requests = [
      ...chatRequests(2),
      { custom_id: 'request-1', method: 'GET', url: endpoint, body: { model: 'gpt-4o-mini' } },
    ] as BatchRequest[];
    const { status, error } = await errorOf(connect(server.url).create({ endpoint, requests }));
    expect(status).toBe(400);
    expect(error).toMatchObject({ code: 'invalid_input', details: { count: 3, line: 3, place: 'element' } });
    expect(error.issues?.map(({ code, line, custom_id }) => [code, line, custom_id])).toEqual([
      ['invalid_method', 3, 'request-1'],
      ['invalid_request', 3, 'request-1'],
      ['duplicate_custom_id', 3, 'request-1'],
    ]);
    expect(server.local.faults.calls()).toEqual([]);
    expect(await server.db.job.count()).toBe(0);
  });

  test('a file that nobody has is not found', async () => {
    await using server = await startTestServer();
    const { status, error } = await errorOf(
      connect(server.url).create({ endpoint, input_file_id: 'file-nope' }),
    );
    expect(status).toBe(404);
    expect(error).toMatchObject({ code: 'file_not_found', details: { file_id: 'file-nope' } });
  });

  test('a paused provider is told of, and tried again when asked', async () => {
    await using server = await startTestServer();
    const api = connect(server.url);
    expect((await api.health()).provider.paused).toBeNull();
    const pause = { code: 'insufficient_quota', message: 'No quota.', since: 1, probe_at: 4_000_000_000 };
    await server.db.providerPause.create({ data: { provider: 'openai', ...pause, probes: 2 } });
    expect((await api.health()).provider.paused).toEqual(pause);
    const { provider } = await api.resumeProvider();
    expect(provider.name).toBe('openai');
    expect(provider.paused?.probe_at ?? 0).toBeLessThan(4_000_000_000);
  });

  test('without a key it starts, and says what to do', async () => {
    await using server = await startTestServer({ env: { OPENAI_API_KEY: '', PROVIDER: 'openai' } });
    const api = connect(server.url);
    expect((await api.health()).provider).toMatchObject({ name: 'openai', ready: false });
    expect((await api.list()).data).toEqual([]);
    for (const call of [
      () => api.create({ endpoint, requests: chatRequests(1) }),
      () => api.create({ endpoint, input_file_id: 'file-1' }),
      () => api.list({ source: 'api' }),
      () => api.get('batch_1'),
    ]) {
      const { status, error } = await errorOf(call());
      expect(status).toBe(503);
      expect(error.code).toBe('api_key_not_configured');
      expect(error.message).toContain('API key not configured');
    }
  });

  test('when the provider cannot be reached the stored batch is shown, as stale', async () => {
    await using server = await startTestServer({ provider: slow });
    const api = connect(server.url);
    const { id } = await api.create({ endpoint, requests: chatRequests(1) });
    await server.local.close();
    const view = await api.get(id);
    expect(view).toMatchObject({ stale: true, batch: { id } });
    expect(await api.get(id, false)).not.toHaveProperty('stale');
    const { status, error } = await errorOf(api.list({ source: 'api' }));
    expect([status, error.code]).toEqual([502, 'provider_unreachable']);
  });

  test('a key that the provider refuses is said so, and never shown', async () => {
    await using server = await startTestServer({ env: { OPENAI_API_KEY: 'sk-this-key-is-wrong' } });
    const { status, error } = await errorOf(
      connect(server.url).create({ endpoint, requests: chatRequests(1) }),
    );
    expect([status, error.code]).toEqual([502, 'provider_unauthorized']);
    expect(JSON.stringify(error)).not.toContain('sk-this');
  });
});
