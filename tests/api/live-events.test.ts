import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { AppRouter } from '@batchdesk/server/router';
import type { JobEvent } from '@batchdesk/shared';
import { TRPCClientError, createTRPCClient, httpSubscriptionLink } from '@trpc/client';
import { EventSource } from 'eventsource';
import { expect, test } from 'vitest';
import { chatRequests } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { createRestClient } from './transports.ts';

const API_TOKEN = 'a-token-for-the-tests';
const endpoint = '/v1/chat/completions';

/** Follows events with the typed client, and keeps what comes. */
function follow(url: string, query: { job_id?: string; after?: number } = {}, token?: string) {
  const link = httpSubscriptionLink<AppRouter, typeof EventSource>({
    url: `${url}/trpc`,
    EventSource,
    eventSourceOptions: {
      fetch: (address, init) =>
        fetch(address, {
          ...init,
          headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) },
        }),
    },
  });
  const events: JobEvent[] = [];
  const ids: string[] = [];
  const errors: unknown[] = [];
  let starts = 0;
  const { unsubscribe } = createTRPCClient<AppRouter>({ links: [link] }).events.live.subscribe(query, {
    onStarted: () => void (starts += 1),
    onData: ({ id, data }) => {
      ids.push(id);
      events.push(data);
    },
    onError: (error) => void errors.push(error),
  });
  return {
    events,
    ids,
    errors,
    types: () => events.map(({ type }) => type),
    started: (times = 1) =>
      waitFor(
        () => starts,
        (count) => count >= times,
      ),
    [Symbol.dispose]: unsubscribe,
  };
}

test.each([undefined, API_TOKEN])('what happens reaches who follows, in order (token: %s)', async (token) => {
  await using server = await startTestServer({ env: token ? { API_TOKEN: token } : {} });
  using all = follow(server.url, { after: 0 }, token);
  await all.started();
  const answer = await fetch(`${server.url}/api/batch/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ endpoint, requests: chatRequests(2) }),
  });
  const { batch } = await answer.json();
  await waitFor(all.types, (types) => types.includes('job.created'), 5_000);
  const stored = await waitFor(
    () => server.db.event.findMany({ orderBy: { id: 'asc' } }),
    (rows) => rows.length === all.events.length,
  );
  expect(all.ids).toEqual(stored.map(({ id }) => String(id)));
  expect(all.events[0]).toEqual({
    id: stored[0]!.id,
    type: 'job.created',
    job_id: batch.job_id,
    batch_id: null,
    created_at: expect.any(Number),
    data: {},
  });
  expect(all.errors).toEqual([]);
});

test('without the token nobody follows', async () => {
  await using server = await startTestServer({ env: { API_TOKEN } });
  const answer = await fetch(`${server.url}/trpc/events.live`);
  expect(answer.status).toBe(401);
  expect((await answer.json()).error.data.error.code).toBe('unauthorized');
});

test('without after it starts with what is to come; with a job it has only that one', async () => {
  await using server = await startTestServer();
  const api = createRestClient(server.url);
  const first = await api.create({ endpoint, requests: chatRequests(1) });
  const past = (await server.db.event.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;
  using news = follow(server.url);
  using ofFirst = follow(server.url, { job_id: first.job_id, after: 0 });
  await Promise.all([news.started(), ofFirst.started()]);
  await delay(600); // the first look of both
  await server.db.event.create({
    data: { type: 'provider.resumed', data: '{"provider":"openai"}', created_at: 1 },
  });
  const second = await api.create({ endpoint, requests: chatRequests(1) });
  await waitFor(
    () => news.events,
    (events) => events.some(({ job_id }) => job_id === second.job_id),
  );
  expect(news.events.every(({ id }) => id > past)).toBe(true);
  expect(news.events.find(({ job_id }) => job_id === null)?.data).toEqual({ provider: 'openai' });
  await waitFor(ofFirst.types, (types) => types.includes('job.created'));
  expect(new Set(ofFirst.events.map(({ job_id }) => job_id))).toEqual(new Set([first.job_id]));
});

test('a client that lost its connection goes on where it was', async () => {
  await using server = await startTestServer({ env: { PORT: String(await freePort()) } });
  using all = follow(server.url, { after: 0 });
  await all.started();
  const api = createRestClient(server.url);
  await api.create({ endpoint, requests: chatRequests(1) });
  await waitFor(all.types, (types) => types.includes('job.created'));
  await server.stop();
  // More than one page, while nobody listens.
  await server.db.event.createMany({
    data: Array.from({ length: 450 }, (_, index) => ({ type: 'batch.progress', created_at: index })),
  });
  await server.restart();
  await api.create({ endpoint, requests: chatRequests(1) });
  const isSecond = (types: string[]) => types.filter((type) => type === 'job.created').length === 2;
  await waitFor(all.types, isSecond, 30_000);
  const stored = await waitFor(
    () => server.db.event.findMany({ orderBy: { id: 'asc' } }),
    (rows) => rows.length === all.events.length,
  );
  expect(all.ids).toEqual(stored.map(({ id }) => String(id)));
}, 60_000);

test('an unknown job and a wrong input are errors of the catalog', async () => {
  await using server = await startTestServer();
  for (const [query, trpc, code] of [
    [{ job_id: 'job_none' }, 'NOT_FOUND', 'job_not_found'],
    [{ after: -1 }, 'BAD_REQUEST', 'invalid_value'],
    [{ job_id: '../x' }, 'BAD_REQUEST', 'invalid_value'],
  ] as const) {
    using wrong = follow(server.url, query);
    const [error] = await waitFor(
      () => wrong.errors,
      (errors) => errors.length > 0,
    );
    expect(error).toBeInstanceOf(TRPCClientError);
    const { data } = error as TRPCClientError<AppRouter>;
    expect([data?.code, data?.error.code]).toEqual([trpc, code]);
  }
});

test('followers do not hold up the end of the server', async () => {
  await using server = await startTestServer();
  using first = follow(server.url);
  using second = follow(server.url, { after: 0 });
  await Promise.all([first.started(), second.started()]);
  const began = Date.now();
  await server.stop();
  expect(Date.now() - began).toBeLessThan(3_000);
});

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as { port: number };
    probe.close(() => resolve(port));
  });
  return promise;
}
