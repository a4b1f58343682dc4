import { createInputValidator } from '@batchdesk/shared';
import type { BatchEndpoint } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { createInputWriter } from '../shared/random-input.ts';
import { createRandom } from '../shared/random.ts';
import { line, runBatch, startProvider, waitFor } from './helpers.ts';

/** The input as it would be sent, when our validator takes it. */
function accept(endpoint: BatchEndpoint, bytes: Uint8Array): string | null {
  const lines: string[] = [];
  const validator = createInputValidator({
    onRequest: (request) => lines.push(Buffer.from(request.bytes).toString()),
  });
  validator.feed(bytes);
  const { issue_count } = validator.finish({ endpoint });
  return issue_count === 0 ? `${lines.join('\n')}\n` : null;
}

test('the provider takes every input that our validator takes', async () => {
  const { write } = createInputWriter(createRandom(1), [
    '/v1/chat/completions',
    '/v1/responses',
    '/v1/embeddings',
    '/v1/completions',
    '/v1/moderations',
  ]);
  const accepted = new Map<string, BatchEndpoint>();
  let refused = 0;
  for (let count = 0; count < 4_000; count += 1) {
    const { endpoint, bytes } = write();
    const content = accept(endpoint, bytes);
    if (content === null) refused += 1;
    else accepted.set(content, endpoint);
  }
  expect(refused).toBeGreaterThan(1_000);
  expect(accepted.size).toBeGreaterThan(300);

  await using server = await startProvider();
  const inputs = [...accepted].values();
  const contents = new Map<string, string>();
  async function sendAll(): Promise<void> {
    for (const [content, endpoint] of inputs) {
      const file = await server.client.files.create({
        purpose: 'batch',
        file: new File([content], 'a.jsonl'),
      });
      const batch = {
        input_file_id: file.id,
        endpoint: endpoint as never,
        completion_window: '24h' as const,
      };
      const { id } = await server.client.batches.create(batch);
      contents.set(id, content);
    }
  }
  await Promise.all(Array.from({ length: 8 }, sendAll));
  const listAll = () => Array.fromAsync(server.client.batches.list({ limit: 100 }));
  const batches = await waitFor(listAll, (all) =>
    all.every(({ status }) => ['completed', 'failed'].includes(status)),
  );
  expect(batches).toHaveLength(accepted.size);
  const failed = batches.filter(({ status }) => status === 'failed');
  expect(failed.map(({ id, errors }) => [contents.get(id), errors?.data])).toEqual([]);
});

test('a response can be made from a stored prompt, the response before or a conversation', async () => {
  await using server = await startProvider();
  const endpoint = '/v1/responses';
  const bodies = [
    { prompt: { id: 'pmpt_1' } },
    { previous_response_id: 'resp_1' },
    { conversation: 'conv_1' },
    { input: null },
  ];
  const lines = bodies.map((body, index) => line(`r${index}`, endpoint, { model: 'gpt-test', ...body }));
  const refused = await runBatch(server.client, lines, { endpoint });
  expect(refused.errors?.data).toMatchObject([{ code: 'invalid_request', param: 'body.input', line: 4 }]);
  const batch = await runBatch(server.client, lines.slice(0, 3), { endpoint });
  expect(batch).toMatchObject({ status: 'completed', request_counts: { completed: 3, failed: 0 } });
});
