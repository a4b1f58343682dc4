import { expect, test } from 'vitest';

import { chatLines, createBatch, rejection, startProvider, waitForStatus } from './helpers.ts';

test('faults can be scripted over HTTP', async () => {
  await using server = await startProvider({ control: true });
  const { client, provider } = server;
  const control = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await fetch(new URL(`/control/${path}`, provider.url), {
      method,
      headers: { authorization: `Bearer ${provider.apiKey}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const faults = [
    { kind: 'rate_limit', on: 'files.list', times: 2 },
    { kind: 'batch_stuck', status: 'validating' },
  ];
  expect(await control('POST', 'faults', { faults })).toEqual({ status: 200, body: { ok: true } });
  expect(await rejection(client.files.list())).toMatchObject({ status: 429 });
  expect((await control('GET', 'faults')).body.data).toEqual([
    { kind: 'rate_limit', on: 'files.list', times: 1, skip: 0, retryAfterSeconds: 1 },
    { kind: 'batch_stuck', status: 'validating', times: 1, skip: 0 },
  ]);
  await control('POST', 'next-ids', { batch: ['batch_scripted'] });
  const batch = await createBatch(client, chatLines(1), { metadata: { a: 'b' } });
  expect(batch.id).toBe('batch_scripted');
  await control('POST', 'release', { batchId: batch.id });
  await waitForStatus(client, batch.id, 'completed');
  const { data } = (await control('GET', 'calls')).body;
  expect(data).toContainEqual(expect.objectContaining({ operation: 'batches.create', metadata: { a: 'b' } }));
  await control('POST', 'clear');
  expect((await control('GET', 'calls')).body.data).toEqual([]);
  await client.files.list();

  const bad = await control('POST', 'faults', { faults: [{ kind: 'slow', on: 'files.list' }] });
  expect(bad).toMatchObject({ status: 400, body: { error: { param: 'faults.0.delayMs' } } });
  const noKey = await fetch(new URL('/control/calls', provider.url));
  expect(noKey.status).toBe(401);
});
