import type OpenAI from 'openai';
import { expect, test } from 'vitest';

import { chatLine, line, readResults, runBatch, startProvider } from './helpers.ts';

type Endpoint = OpenAI.BatchCreateParams['endpoint'];

/** Runs one batch and gives the response bodies by custom_id. */
async function answer(client: OpenAI, endpoint: Endpoint, bodies: Record<string, Record<string, unknown>>) {
  const input = Object.entries(bodies).map(([id, body]) => line(id, endpoint, body));
  const batch = await runBatch(client, input, { endpoint });
  const lines = await readResults(client, batch.output_file_id);
  return {
    batch,
    bodies: Object.fromEntries(lines.map(({ custom_id, response }) => [custom_id, response?.body])),
  };
}

test('chat completions: the shape, n, JSON, content parts', async () => {
  await using server = await startProvider();
  const parts = [
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
  ];
  const { bodies } = await answer(server.client, '/v1/chat/completions', {
    plain: chatLine('x').body,
    three: { ...chatLine('x').body, n: 3 },
    json: { ...chatLine('x').body, response_format: { type: 'json_object' } },
    parts: { model: 'gpt-test', messages: [{ role: 'user', content: parts }] },
    long: { model: 'gpt-test', messages: [{ role: 'user', content: '😀'.repeat(5000) }] },
  });
  const plain: OpenAI.ChatCompletion = bodies.plain;
  expect(plain).toMatchObject({
    id: expect.stringMatching(/^chatcmpl-/),
    object: 'chat.completion',
    model: 'gpt-test',
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', refusal: null } }],
    usage: { prompt_tokens: 3, completion_tokens: 13, total_tokens: 16 },
  });
  expect(plain.choices[0]?.message.content).toBe('[local provider: no model was called] Hello from x');
  expect(bodies.three.choices.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2]);
  expect(JSON.parse(bodies.json.choices[0].message.content)).toEqual({
    local_provider: 'no model was called',
    prompt: 'Hello from x',
  });
  expect(bodies.parts.choices[0].message.content).toContain('What is this?');
  expect(bodies.long.choices[0].message.content.length).toBeLessThan(600);
});

test('text completions: the shape, several prompts, tokens', async () => {
  await using server = await startProvider();
  const { bodies } = await answer(server.client, '/v1/completions', {
    one: { model: 'm', prompt: 'Say hi' },
    many: { model: 'm', prompt: ['a', 'b'], n: 2 },
    tokens: { model: 'm', prompt: [1, 2, 3] },
  });
  const one: OpenAI.Completion = bodies.one;
  expect(one).toMatchObject({ id: expect.stringMatching(/^cmpl-/), object: 'text_completion', model: 'm' });
  expect(one.choices).toEqual([
    { index: 0, text: '[local provider: no model was called] Say hi', logprobs: null, finish_reason: 'stop' },
  ]);
  expect(bodies.many.choices.map(({ text }: { text: string }) => text.at(-1))).toEqual(['a', 'a', 'b', 'b']);
  expect(bodies.tokens.usage.prompt_tokens).toBe(3);
});

test('embeddings: dimensions, encodings, every kind of input, vectors of length 1', async () => {
  await using server = await startProvider();
  const model = 'text-embedding-3-small';
  const { bodies, batch } = await answer(server.client, '/v1/embeddings', {
    small: { model, input: 'hello' },
    again: { model, input: ['other', 'hello'] },
    short: { model, input: 'hello', dimensions: 100 },
    base64: { model, input: 'hello', encoding_format: 'base64' },
    tokens: { model, input: [[1, 2], [3]] },
    token: { model, input: [1, 2, 3] },
  });
  const small: OpenAI.CreateEmbeddingResponse = bodies.small;
  expect(small).toMatchObject({ object: 'list', model, usage: { prompt_tokens: 2, total_tokens: 2 } });
  expect(small.data).toHaveLength(1);
  expect(small.data[0]).toMatchObject({ object: 'embedding', index: 0 });
  const vector = small.data[0]!.embedding;
  expect(vector).toHaveLength(1536);
  expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
  expect(bodies.again.data[1]).toEqual({ object: 'embedding', index: 1, embedding: vector });
  expect(bodies.again.data[0].embedding).not.toEqual(vector);
  expect(bodies.short.data[0].embedding).toHaveLength(100);
  const bytes = Buffer.from(bodies.base64.data[0].embedding, 'base64');
  expect(bytes).toHaveLength(1536 * 4);
  expect(bytes.readFloatLE(40)).toBeCloseTo(vector[10]!, 6);
  expect(bodies.tokens.data).toHaveLength(2);
  expect(bodies.token).toMatchObject({ data: [{ index: 0 }], usage: { prompt_tokens: 3 } });
  expect(batch.usage).toMatchObject({ output_tokens: 0 });
  const large = await answer(server.client, '/v1/embeddings', {
    a: { model: 'text-embedding-3-large', input: 'a' },
  });
  expect(large.bodies.a.data[0].embedding).toHaveLength(3072);
});

test('moderations: nothing is flagged, a result for each text, no model needed', async () => {
  await using server = await startProvider();
  const { bodies, batch } = await answer(server.client, '/v1/moderations', {
    one: { input: 'hello' },
    many: { input: ['a', 'b', 'c'] },
    parts: { input: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] },
  });
  expect(batch.status).toBe('completed');
  const one: OpenAI.ModerationCreateResponse = bodies.one;
  expect(one).toMatchObject({ id: expect.stringMatching(/^modr-/), model: 'omni-moderation-latest' });
  expect(one.results[0]?.flagged).toBe(false);
  expect(Object.values(one.results[0]!.categories)).toEqual(Array.from({ length: 13 }, () => false));
  expect(Object.keys(one.results[0]!.category_scores)).toHaveLength(13);
  expect(bodies.many.results).toHaveLength(3);
  expect(bodies.parts.results[0].category_applied_input_types.violence).toEqual(['text', 'image']);
});

test('responses: the shape, items as input', async () => {
  await using server = await startProvider();
  const { bodies, batch } = await answer(server.client, '/v1/responses', {
    text: { model: 'm', input: 'Say hi', instructions: 'Be brief' },
    items: { model: 'm', input: [{ role: 'user', content: [{ type: 'input_text', text: 'From items' }] }] },
  });
  const text: OpenAI.Responses.Response = bodies.text;
  expect(text).toMatchObject({
    id: expect.stringMatching(/^resp_/),
    object: 'response',
    status: 'completed',
    error: null,
  });
  expect(text.output).toEqual([
    expect.objectContaining({
      type: 'message',
      role: 'assistant',
      content: [
        expect.objectContaining({
          type: 'output_text',
          text: '[local provider: no model was called] Say hi',
        }),
      ],
    }),
  ]);
  expect(text.usage).toMatchObject({ input_tokens: 4, output_tokens: 11, total_tokens: 15 });
  expect(bodies.items.output[0].content[0].text).toContain('From items');
  const total = text.usage!.total_tokens + bodies.items.usage.total_tokens;
  expect(batch.usage?.total_tokens).toBe(total);
});

test('the same request gets the same answer', async () => {
  await using server = await startProvider();
  const contents = await Promise.all(
    [1, 2].map(async () => {
      const { bodies } = await answer(server.client, '/v1/chat/completions', { a: chatLine('a').body });
      return bodies.a.choices;
    }),
  );
  expect(contents[0]).toEqual(contents[1]);
});
