import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, file, form, json } from '../helpers/http.ts';
import { expectNothingLeft } from '../helpers/nothing-left.ts';
import { chatRequests, toJsonl } from '../helpers/requests.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { createRandom } from '../shared/random.ts';

const endpoint = '/v1/chat/completions';
const jsonl = toJsonl(chatRequests(3));
type Part = [string, string | Blob, string?];
const part: Part = ['file', file(jsonl), 'a.jsonl'];

async function create(server: TestServer, parts: Part[]) {
  return answerOf(`${server.url}/api/batch/create`, { method: 'POST', body: form(parts) });
}

test('a batch is made of a form, in whatever order its parts come', async () => {
  await using server = await startTestServer();
  const parts: Part[] = [
    part,
    ['endpoint', endpoint],
    ['completion_window', '24h'],
    ['metadata', '{"project": "mon-projet", "n": "1"}'],
    ['output_expires_after', '{"anchor": "created_at", "seconds": 3600}'],
  ];
  const random = createRandom(1);
  const orders = [parts, parts.toReversed(), ...[1, 2].map(() => parts.toSorted(() => random.below(3) - 1))];
  for (const order of orders) {
    const { status, body } = await create(server, order);
    expect([status, body.success]).toEqual([200, true]);
    expect(body.batch).toMatchObject({
      endpoint,
      metadata: { project: 'mon-projet', n: '1' },
    });
    const { submissions } = await server.db.job.findFirstOrThrow({
      include: { submissions: true },
      orderBy: { created_at: 'desc' },
    });
    expect(submissions).toMatchObject([{ status: 'submitted', output_expires_after: 3_600 }]);
  }
  expect(await server.db.request.count()).toBe(12);
});

describe('a form is refused', () => {
  let server: TestServer;
  beforeAll(async () => void (server = await startTestServer()));
  afterAll(() => server[Symbol.asyncDispose]());

  const wrong: [string, Part[], string, string | null][] = [
    ['without a file', [['endpoint', endpoint]], 'no_file', 'file'],
    ['without anything', [], 'no_file', 'file'],
    ['without an endpoint', [part], 'missing_required_parameter', 'endpoint'],
    ['with another endpoint', [['endpoint', '/v1/audio'], part], 'invalid_value', 'endpoint'],
    [
      'with an endpoint that the requests do not go to',
      [['endpoint', '/v1/responses'], part],
      'invalid_input',
      'url',
    ],
    ['with such an endpoint after the file', [part, ['endpoint', '/v1/responses']], 'invalid_input', 'url'],
    [
      'with an unknown field before the file',
      [['colour', 'blue'], ['endpoint', endpoint], part],
      'unknown_parameter',
      'colour',
    ],
    [
      'with an unknown field after the file',
      [['endpoint', endpoint], part, ['colour', 'blue']],
      'unknown_parameter',
      'colour',
    ],
    ['with requests as a field', [['requests', '[]'], part], 'unknown_parameter', 'requests'],
    [
      'with a file under another name',
      [
        ['endpoint', endpoint],
        ['data', file(jsonl), 'a.jsonl'],
      ],
      'unknown_parameter',
      'data',
    ],
    [
      'with metadata that are no JSON',
      [['endpoint', endpoint], part, ['metadata', 'project=1']],
      'invalid_value',
      'metadata',
    ],
    [
      'with metadata that are no texts',
      [['endpoint', endpoint], ['metadata', '{"n": 1}'], part],
      'invalid_value',
      'metadata.n',
    ],
    [
      'with an expiry that is too soon',
      [['endpoint', endpoint], part, ['output_expires_after', '{"anchor": "created_at", "seconds": 60}']],
      'invalid_value',
      'output_expires_after.seconds',
    ],
    [
      'with another window',
      [['endpoint', endpoint], ['completion_window', '1h'], part],
      'invalid_value',
      'completion_window',
    ],
    [
      'with a file of nothing',
      [
        ['endpoint', endpoint],
        ['file', file(''), 'a'],
      ],
      'invalid_input',
      null,
    ],
    [
      'with another file after the file',
      [['endpoint', endpoint], part, ['data', file(jsonl), 'b.jsonl']],
      'unknown_parameter',
      'data',
    ],
    ['with two files', [['endpoint', endpoint], part, part], 'invalid_value', 'file'],
    [
      'with a field that is there twice',
      [['endpoint', endpoint], ['endpoint', '/v1/responses'], part],
      'invalid_value',
      'endpoint',
    ],
  ];

  test.each(wrong)('%s', async (_what, parts, code, param) => {
    const { status, body } = await create(server, parts);
    expect([status, body.error]).toMatchObject([400, { code, param }]);
    await expectNothingLeft(server);
  });

  test.each([
    ['/api/batch/create', 'application/jsonl', 'application/json or multipart/form-data'],
    ['/api/batch/create', 'text/plain', 'application/json or multipart/form-data'],
    ['/api/batch/create', undefined, 'application/json or multipart/form-data'],
    [
      '/api/batch/upload',
      'application/json',
      'multipart/form-data or application/jsonl or application/x-ndjson',
    ],
    ['/api/batch/validate', 'text/csv', 'application/json or multipart/form-data or application/jsonl'],
  ])('%s does not take %s, and says what it takes', async (path, type, expected) => {
    const headers: HeadersInit = type === undefined ? {} : { 'content-type': type };
    const init = { method: 'POST', headers, body: Buffer.from(jsonl) };
    const { status, body } = await answerOf(server.url + path, init);
    expect([status, body.error.code]).toEqual([415, 'unsupported_media_type']);
    expect(body.error.message).toContain(expected);
    await expectNothingLeft(server);
  });

  test('a list of requests and a file that was uploaded are one too many', async () => {
    const body = JSON.stringify({ endpoint, requests: chatRequests(1), input_file_id: 'file-1' });
    const answer = await answerOf(`${server.url}/api/batch/create`, { method: 'POST', headers: json, body });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'conflicting_parameters']);
    await expectNothingLeft(server);
  });
});
