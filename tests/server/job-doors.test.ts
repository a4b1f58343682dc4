import { LIMITS } from '@batchdesk/shared';
import fastify from 'fastify';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { stageInput } from '../../apps/server/src/intake/stage-input.ts';
import { stageJson } from '../../apps/server/src/intake/stage-json.ts';
import { validateInput } from '../../apps/server/src/intake/validate-input.ts';
import { intakeRoutes } from '../../apps/server/src/rest/intake-routes.ts';
import type { Services } from '../../apps/server/src/services.ts';
import { openStage } from '../helpers/open-stage.ts';

const MEGABYTE = 1 << 20;
/** More than a batch's body may have. */
const REQUESTS = LIMITS.intakeBodyBytes / MEGABYTE + 4;
const url = '/v1/chat/completions';

/** The routes that take inputs, as routes for jobs. */
async function openDoors() {
  const stage = await openStage();
  const app = fastify();
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.addHook('onRoute', (route) => {
    route.config = Object.assign({}, route.config, { scope: 'job' });
    route.bodyLimit = Number.MAX_SAFE_INTEGER;
  });
  const services = {
    stageInput: (bytes, options) => stageInput(stage, bytes, options),
    stageJson: (bytes, options) => stageJson(stage, bytes, options),
    validateInput,
  } as Pick<Services, 'stageInput' | 'stageJson' | 'validateInput'> as Services;
  await app.register(intakeRoutes, { services });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    address,
    stage,
    async [Symbol.asyncDispose]() {
      await app.close();
      await stage[Symbol.asyncDispose]();
    },
  };
}

/** Requests of a megabyte each, to two models in turns. */
function* requests({ before = '', between = '\n', after = '' }): Generator<Buffer> {
  const content = 'x'.repeat(MEGABYTE);
  for (let index = 0; index < REQUESTS; index += 1) {
    const body = { model: `m-${index % 2}`, messages: [{ role: 'user', content }] };
    const line = JSON.stringify({ custom_id: `${index}`, method: 'POST', url, body });
    yield Buffer.from((index === 0 ? before : between) + line);
  }
  yield Buffer.from(after);
}

const part = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"`;
const DOORS: [string, string, string, { before?: string; between?: string; after?: string }][] = [
  [
    'a list',
    '',
    'application/json',
    { before: `{"endpoint":"${url}","requests":[`, between: ',', after: ']}' },
  ],
  ['lines', `?endpoint=${url}`, 'application/jsonl', {}],
  [
    'a form',
    '',
    'multipart/form-data; boundary=b',
    {
      before: `${part('endpoint')}\r\n\r\n${url}\r\n${part('file')}; filename="a"\r\n\r\n`,
      after: '\r\n--b--\r\n',
    },
  ],
];
const doors = await openDoors();
afterAll(() => doors[Symbol.asyncDispose]());

test.each(DOORS)('%s of more than 256 MB is taken by a route for jobs', async (_, query, type, around) => {
  const response = await fetch(`${doors.address}/api/batch/validate${query}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: Readable.toWeb(Readable.from(requests(around))),
    duplex: 'half',
  } as unknown as RequestInit);
  expect(response.status).toBe(200);
  const { validation } = await response.json();
  expect(validation).toMatchObject({ valid: true, endpoint: url, request_count: REQUESTS });
  expect(validation.models).toEqual([
    { model: 'm-0', request_count: REQUESTS / 2 },
    { model: 'm-1', request_count: REQUESTS / 2 },
  ]);
  expect(await doors.stage.files()).toEqual([]);
});
