import { join } from 'node:path';
import { Readable } from 'node:stream';
import { startLocalProvider } from '@batchdesk/local-provider';
import { expect, test } from 'vitest';
import { answerOf, filesLeft } from '../helpers/http.ts';
import { waitForNoFiles } from '../helpers/nothing-left.ts';
import { chatRequests } from '../helpers/requests.ts';
import { startProcess } from '../helpers/start-process.ts';
import type { ProcessOptions } from '../helpers/start-process.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const endpoint = '/v1/chat/completions';
const formType = 'multipart/form-data; boundary=b';
const field = (name: string, more = '') =>
  `\r\n--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;

/** Nothing is run here. */
const SLOW = { validatingMs: 600_000, inProgressMs: 0, finalizingMs: 0, cancellingMs: 0 };

/** A server in a process of its own with little to spend, and a provider that is not in it. */
async function startSmallServer(env: Record<string, string>, limits: ProcessOptions = {}) {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const local = await startLocalProvider({ dataDir: join(folder.path, 'provider'), durations: SLOW });
  stack.defer(() => local.close());
  const key = { OPENAI_API_KEY: local.apiKey, OPENAI_BASE_URL: local.url };
  const { url } = stack.use(await startProcess(folder.path, { ...key, ...env }, limits));
  const resources = stack.move();
  return { url, folder: folder.path, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

const TEXT = JSON.stringify('é "quoted" \n'.repeat(1_150)).slice(1, -1);

/** Requests of about 16 KB, made as they are sent. */
function* requests(megabytes: number, separator: string): Generator<string> {
  for (const [index, request] of chatRequests(megabytes * 64).entries()) {
    const line = JSON.stringify(request).replace('Question', () => `${megabytes}${TEXT}`);
    yield `${index === 0 ? '' : separator}${line}`;
  }
}

type Body = (megabytes: number) => Iterable<string>;

const DOORS: [path: string, type: string, body: Body][] = [
  ['/api/batch/upload', 'application/jsonl', (megabytes) => requests(megabytes, '\n')],
  [
    '/api/batch/create',
    'application/json',
    function* write(megabytes) {
      yield `{"endpoint":"${endpoint}","requests":[`;
      yield* requests(megabytes, ',\n');
      yield ']}';
    },
  ],
  [
    '/api/batch/create',
    formType,
    function* write(megabytes) {
      yield field('endpoint') + endpoint + field('file', '; filename="a.jsonl"');
      yield* requests(megabytes, '\n');
      yield '\r\n--b--\r\n';
    },
  ],
];

async function send(url: string, [path, type, write]: (typeof DOORS)[number], megabytes: number) {
  function* inBytes(): Generator<Uint8Array> {
    for (const text of write(megabytes)) yield Buffer.from(text);
  }
  return answerOf(url + path, {
    method: 'POST',
    headers: { 'content-type': type },
    body: Readable.toWeb(Readable.from(inBytes())),
    duplex: 'half',
  } as unknown as RequestInit);
}

test('an input larger than the heap comes in by every way', async () => {
  await using server = await startSmallServer({ NODE_OPTIONS: '--max-old-space-size=72' });
  for (const [index, door] of DOORS.entries()) {
    const { status, body } = await send(server.url, door, 80);
    // The same content each time, which goes on to the provider once.
    const isReused = body.input_file_reused ?? false;
    expect([door[0], door[1], status, isReused]).toEqual([door[0], door[1], 200, index > 0]);
  }
}, 60_000);

test('a disk that takes no more is told, and nothing stays', async () => {
  await using server = await startSmallServer({}, { maxFileBytes: 4 << 20 });
  for (const door of DOORS) {
    const { status, body } = await send(server.url, door, 8);
    expect([door[0], door[1], status, body.error?.code]).toEqual([door[0], door[1], 507, 'storage_full']);
    await waitForNoFiles(server);
  }
  // What fits is taken as before.
  expect(await send(server.url, DOORS[0]!, 1)).toMatchObject({ status: 200 });
  expect(await filesLeft(server.folder)).toHaveLength(1);
});
