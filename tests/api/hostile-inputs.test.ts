import type { BatchEndpoint } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { answerOf, form, json } from '../helpers/http.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import type { TestServer } from '../helpers/start-test-server.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { damage } from '../shared/damage.ts';
import { createInputWriter } from '../shared/random-input.ts';
import { createRandom } from '../shared/random.ts';

interface Sent {
  path: string;
  init: RequestInit;
}

/** Calls with random inputs: as a list, in a form, as a plain body; some of the calls are damaged as well. */
function* randomCalls(count: number): Generator<Sent> {
  const random = createRandom(3);
  const { write } = createInputWriter(random, ['/v1/chat/completions', '/v1/responses', '/v1/embeddings']);
  const ways: ((endpoint: BatchEndpoint, bytes: Uint8Array<ArrayBuffer>) => Sent)[] = [
    (endpoint, bytes) => {
      const file = new Blob([bytes]);
      return {
        path: '/api/batch/create',
        init: {
          body: form([
            ['endpoint', endpoint],
            ['file', file, 'é'],
          ]),
        },
      };
    },
    (endpoint, bytes) => {
      const list = Buffer.from(bytes)
        .toString('latin1')
        .trim()
        .replace(/\s*\n\s*/g, ',');
      const text = `{"endpoint":"${endpoint}","requests":[${list}]}`;
      const body = Buffer.from(text, 'latin1');
      const path = random.pick(['/api/batch/create', '/trpc/batch.create', '/api/batch/validate']);
      const damaged = random.below(4) === 0 ? Buffer.from(damage(body, random)) : body;
      return { path, init: { headers: json, body: damaged } };
    },
    (_endpoint, bytes) => {
      const path = random.pick(['/api/batch/upload', '/api/batch/validate']);
      return { path, init: { headers: { 'content-type': 'application/jsonl' }, body: bytes } };
    },
  ];
  for (; count > 0; count -= 1) {
    const { endpoint, bytes } = write();
    yield random.pick(ways)(endpoint, Buffer.from(bytes));
  }
}

async function sendAll(server: TestServer, calls: Iterable<Sent>): Promise<Map<string, number>> {
  const answers = new Map<string, number>();
  async function send(rest: Iterable<Sent>): Promise<void> {
    for (const { path, init } of rest) {
      const { status, body } = await answerOf(server.url + path, { method: 'POST', ...init });
      const error = body.error?.data?.error ?? body.error;
      const isKnown = status === 200 || (status === 400 && error.code !== 'provider_rejected');
      expect({ path, status, error, isKnown }).toMatchObject({ isKnown: true });
      const answer = `${path} ${status}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: 6 }, () => send(calls)));
  return answers;
}

test('whatever comes in is either refused with a reason or becomes a batch that runs', async () => {
  await using server = await startTestServer();
  // Taken by several at a time: a generator gives each call to one of them.
  const calls = randomCalls(500);
  const shared = { [Symbol.iterator]: () => ({ next: () => calls.next() }) };
  const answers = await sendAll(server, shared);
  const paths = ['/api/batch/create', '/api/batch/upload', '/api/batch/validate', '/trpc/batch.create'];
  const expected = paths.flatMap((path) => [`${path} 200`, `${path} 400`]);
  expect([...answers.keys()].toSorted()).toEqual(expected.toSorted());

  const created = answers.get('/api/batch/create 200')! + answers.get('/trpc/batch.create 200')!;
  const ended = await waitFor(
    () => server.db.batch.groupBy({ by: ['status'], _count: true }),
    (groups) => groups.every(({ status }) => ['completed', 'failed'].includes(status)),
  );
  expect(ended).toEqual([{ status: 'completed', _count: created }]);
  await waitFor(
    () => server.db.request.groupBy({ by: ['outcome'], _count: true }),
    (groups) => groups.every(({ outcome }) => ['succeeded', 'failed'].includes(outcome)),
  );
  expect(await server.db.job.count()).toBe(created);
});
