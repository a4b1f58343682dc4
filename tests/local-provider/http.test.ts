import { startLocalProvider } from '@batchdesk/local-provider';
import { expect, test } from 'vitest';

import { createClient, createFolder, rejection, startProvider } from './helpers.ts';

test('a wrong or missing key is refused without being repeated', async () => {
  await using server = await startProvider();
  const error = await rejection(
    createClient({ url: server.provider.url, apiKey: 'sk-secret' }).batches.list(),
  );
  expect(error).toMatchObject({ status: 401, code: 'invalid_api_key', type: 'invalid_request_error' });
  expect(error.requestID).toMatch(/^req_/);
  expect(error.message).not.toContain('sk-secret');
  const answer = await fetch(`${server.provider.url}/files`, { method: 'POST' });
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: 'invalid_api_key', param: null } });
});

test('unknown routes and bodies that are no JSON are answered in the shape of OpenAI', async () => {
  await using server = await startProvider();
  const { url, apiKey } = server.provider;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const unknown = await fetch(`${url}/unknown?a=1`, { headers });
  expect(unknown.status).toBe(404);
  expect(unknown.headers.get('x-request-id')).toMatch(/^req_/);
  expect(await unknown.json()).toEqual({
    error: {
      message: 'Invalid URL (GET /v1/unknown)',
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
  });
  const noJson = await fetch(`${url}/batches`, { method: 'POST', headers, body: '{' });
  expect(noJson.status).toBe(400);
  expect(await noJson.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
  const noForm = await fetch(`${url}/files`, { method: 'POST', headers, body: '{}' });
  expect(noForm.status).toBe(400);
  const control = await fetch(new URL('/control/calls', url), { headers });
  expect(control.status).toBe(404);
});

test('the options are checked', async () => {
  await using folder = await createFolder();
  const start = (options: object) => startLocalProvider({ dataDir: folder.path, ...options });
  await expect(start({ host: '0.0.0.0' })).rejects.toThrow(/API key/);
  await expect(start({ port: 70_000 })).rejects.toThrow(/port/);
  await expect(start({ prot: 1 })).rejects.toThrow(/prot/);
  const provider = await start({ apiKey: 'mine' });
  expect(provider).toMatchObject({
    apiKey: 'mine',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v1$/),
  });
  const port = Number(new URL(provider.url).port);
  await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await provider.close();
});
