import { gzipSync } from 'node:zlib';
import type { AppRouter } from '@batchdesk/server/router';
import { createTRPCClient, httpLink } from '@trpc/client';
import { beforeAll, afterAll, expect, test } from 'vitest';
import { answerOf, file, form, json } from '../helpers/http.ts';
import { expectNothingLeft } from '../helpers/nothing-left.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { requestTo } from '../shared/request-line.ts';

let server: TestServer;
beforeAll(async () => void (server = await startTestServer()));
afterAll(() => server[Symbol.asyncDispose]());

const url = '/v1/embeddings' as const;
const requests = ['a', 'b', 'c', 'd', 'e'].map((id) => requestTo(url, {}, id));
const jsonl = toJsonl(requests);
const list = JSON.stringify(requests);
const part = (text: string): [string, Blob, string] => ['file', file(text), 'a.jsonl'];

/** Every way in, for any requests; `endpoint` is told or left out. */
const DOORS: [string, (text: string, endpoint?: string) => { query?: string; init: RequestInit }][] = [
  [
    'JSON, the endpoint first',
    (text, endpoint) => ({ init: { headers: json, body: toJson(text, endpoint, 'first') } }),
  ],
  [
    'JSON, the endpoint last',
    (text, endpoint) => ({ init: { headers: json, body: toJson(text, endpoint, 'last') } }),
  ],
  [
    'a form, the endpoint first',
    (text, endpoint) => ({ init: { body: form([...fieldsOf(endpoint), part(text)]) } }),
  ],
  [
    'a form, the endpoint last',
    (text, endpoint) => ({ init: { body: form([part(text), ...fieldsOf(endpoint)]) } }),
  ],
  ...['application/jsonl', 'application/x-ndjson; charset=utf-8'].map(
    (type) =>
      [
        type,
        (text: string, endpoint?: string) => ({
          query: endpoint === undefined ? '' : `?endpoint=${encodeURIComponent(endpoint)}`,
          init: { headers: { 'content-type': type }, body: text },
        }),
      ] as (typeof DOORS)[number],
  ),
];

const fieldsOf = (endpoint?: string): [string, string][] =>
  endpoint === undefined ? [] : [['endpoint', endpoint]];

function toJson(text: string, endpoint: string | undefined, where: 'first' | 'last'): string {
  const field = endpoint === undefined ? [] : [`"endpoint":${JSON.stringify(endpoint)}`];
  const elements = `"requests":[${text.trim().replaceAll('\n', ',')}]`;
  return `{${(where === 'first' ? [...field, elements] : [elements, ...field]).join(', ')}}`;
}

async function validate({ query = '', init }: { query?: string; init: RequestInit }) {
  return answerOf(`${server.url}/api/batch/validate${query}`, { method: 'POST', ...init });
}

test.each(DOORS)('a good input is told what it is, and sent nowhere: %s', async (_what, door) => {
  for (const endpoint of [undefined, url]) {
    expect(await validate(door(jsonl, endpoint))).toMatchObject({
      status: 200,
      body: {
        success: true,
        validation: {
          valid: true,
          request_count: 5,
          bytes: jsonl.length,
          endpoint: url,
          models: [{ model: 'm', request_count: 5 }],
          embedding_inputs: 10,
          sample: requests.slice(0, 3),
        },
      },
    });
  }
  await expectNothingLeft(server);
});

test.each(DOORS)('a wrong input is told what it is, and what is wrong: %s', async (_what, door) => {
  const wrong = [...requests, requestTo(url, { model: 'n' }, 'f'), requestTo(url, { model: 'n' }, 'a')];
  const { status, body } = await validate(door(toJsonl(wrong)));
  expect([status, body.success, body.error.code]).toEqual([400, false, 'invalid_input']);
  expect(body.error.issues.map(({ code, line, custom_id }: any) => [code, line, custom_id])).toEqual([
    ['mismatched_model', 6, 'f'],
    ['duplicate_custom_id', 7, 'a'],
    ['mismatched_model', 7, 'a'],
  ]);
  expect(body.validation).toMatchObject({
    valid: false,
    request_count: 7,
    bytes: toJsonl(wrong).length,
    models: [
      { model: 'm', request_count: 5 },
      { model: 'n', request_count: 2 },
    ],
    embedding_inputs: 14,
  });
  expect(body.validation).not.toHaveProperty('issues');
  await expectNothingLeft(server);
});

test.each(DOORS)('requests that go elsewhere than the endpoint are told: %s', async (_what, door) => {
  const { status, body } = await validate(door(jsonl, '/v1/responses'));
  expect([status, body.error.details.count]).toEqual([400, 5]);
  expect(body.error.issues).toMatchObject([1, 2, 3, 4, 5].map((line) => ({ code: 'invalid_url', line })));
  expect(body.validation).toMatchObject({ valid: false, endpoint: '/v1/responses' });
  const unknown = await validate(door(jsonl, '/v1/audio'));
  expect([unknown.status, unknown.body.error]).toMatchObject([
    400,
    { code: 'invalid_value', param: 'endpoint' },
  ]);
  await expectNothingLeft(server);
});

test('over tRPC the same is told, and the same error is thrown', async () => {
  const { batch } = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${server.url}/trpc` })] });
  const input = { endpoint: url, requests: requests as never };
  const { body } = await validate({ init: { headers: json, body: `{"requests":${list}}` } });
  expect(await batch.validate.mutate(input)).toEqual(body.validation);
  const other = batch.validate.mutate({ ...input, endpoint: '/v1/responses' as const });
  await expect(other).rejects.toMatchObject({
    data: {
      httpStatus: 400,
      error: { code: 'invalid_input', issues: { length: 5 }, details: { place: 'element' } },
    },
  });
  await expect(batch.validate.mutate({})).rejects.toMatchObject({
    data: { error: { code: 'missing_required_parameter', param: 'requests' } },
  });
  await expectNothingLeft(server);
});

test.each([
  ['no body', ''],
  ['null', 'null'],
  ['a number', '5'],
  ['a list', list],
  ['no requests', '{}'],
  ['a file that was uploaded', '{"input_file_id":"file-1"}'],
  ['an object as requests', '{"requests":{}}'],
  ['a list, and then something else under the same name', `{"requests":${list},"requests":5}`],
  ['two lists', `{"requests":${list},"requests":${list}}`],
  ['an unknown field', `{"requests":${list},"colour":"blue"}`],
])('%s instead of requests is a mistake of the caller', async (_what, body) => {
  for (const path of ['/api/batch/validate', '/trpc/batch.validate', '/trpc/batch.create']) {
    const answer = await answerOf(server.url + path, { method: 'POST', headers: json, body });
    expect([path, answer.status]).toEqual([path, 400]);
  }
  await expectNothingLeft(server);
});

test('a sample is made of good requests only, as they came', async () => {
  const [first, ...more] = chatRequests(5);
  const lines = ['[]', JSON.stringify(first), '{"custom_id":', ...more.map((item) => JSON.stringify(item))];
  const { body } = await validate(DOORS[4]![1](lines.join('\n')));
  expect(body.validation.sample).toEqual([first, ...more.slice(0, 2)]);
});

test('an endpoint in the address goes with JSONL as the body only', async () => {
  const address = `${server.url}/api/batch/validate?endpoint=/v1/embeddings`;
  const body = JSON.stringify({ requests: chatRequests(1) });
  const asJson = await answerOf(address, { method: 'POST', headers: json, body });
  const asForm = await answerOf(address, {
    method: 'POST',
    body: form([['file', file(toJsonl(chatRequests(1))), 'a.jsonl']]),
  });
  for (const { status, body: answer } of [asJson, asForm]) {
    expect([status, answer.error.code, answer.error.param]).toEqual([400, 'invalid_value', 'endpoint']);
  }
});

test('a compressed body is refused, not misread', async () => {
  const headers = { ...json, 'content-encoding': 'gzip' };
  const post = { method: 'POST', headers, body: gzipSync(JSON.stringify({ requests: chatRequests(1) })) };
  const { status, body } = await answerOf(`${server.url}/api/batch/validate`, post);
  expect([status, body.error.code]).toEqual([415, 'unsupported_media_type']);
});
