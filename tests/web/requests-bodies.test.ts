import { expect, test } from 'vitest';
import { readAnswer } from '../../apps/web/src/pages/batch/requests/read/read-answer.ts';
import { readInput, readSettings } from '../../apps/web/src/pages/batch/requests/read/read-input.ts';
import { drawLine } from '../../apps/web/src/pages/batch/requests/read/read-vectors.ts';
import { writeJson } from '../../apps/web/src/pages/batch/requests/read/json-shape.ts';

const input = (url: string, body: unknown) => readInput({ custom_id: 'a', method: 'POST', url, body });
const answer = (body: unknown) =>
  readAnswer({ custom_id: 'a', response: { status_code: 200, body }, error: null });
const text = (words: string) => ({ kind: 'text', text: words });

test('a chat is a conversation: texts, pictures, calls, answers of tools', () => {
  const view = input('/v1/chat/completions', {
    model: 'm',
    messages: [
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        name: 'ann',
        content: [
          { type: 'text', text: 'And this?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(400)}` } },
          { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } },
          { type: 'input_audio', input_audio: { data: 'A'.repeat(40), format: 'wav' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: '42' },
    ],
  });
  expect(view).toEqual({
    kind: 'turns',
    turns: [
      { role: 'system', note: '', parts: [text('Be brief.')] },
      {
        role: 'user',
        note: 'ann',
        parts: [
          text('And this?'),
          { kind: 'media', media: 'image', source: 'image/png', bytes: 300 },
          { kind: 'media', media: 'image', source: 'https://example.com/cat.png', bytes: null },
          { kind: 'media', media: 'audio', source: 'wav', bytes: 30 },
          { kind: 'media', media: 'file', source: 'application/pdf', bytes: 3 },
        ],
      },
      { role: 'assistant', note: '', parts: [{ kind: 'call', name: 'f', text: '{"a":1}' }] },
      { role: 'tool', note: '', parts: [text('42')] },
    ],
  });
});

test('answers of chats: each choice, refusals, reasoning, calls', () => {
  const view = answer({
    choices: [
      { finish_reason: 'stop', message: { role: 'assistant', content: 'Yes', reasoning_content: 'Hm' } },
      { finish_reason: 'stop', message: { role: 'assistant', content: null, refusal: 'No' } },
      {
        finish_reason: 'tool_calls',
        message: { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] },
      },
    ],
  });
  expect(view?.kind === 'turns' && view.turns.map(({ parts }) => parts)).toEqual([
    [{ kind: 'reasoning', text: 'Hm' }, text('Yes')],
    [{ kind: 'refusal', text: 'No' }],
    [{ kind: 'call', name: 'f', text: '{\n  "a": 1\n}' }],
  ]);
});

test('responses: a text or items, what was thought, called and said', () => {
  expect(input('/v1/responses', { instructions: 'Be brief.', input: 'Hello' })).toMatchObject({
    turns: [{ role: 'system' }, { role: 'user', parts: [text('Hello')] }],
  });
  const view = answer({
    output: [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Thinking' }] },
      { type: 'reasoning', summary: [] },
      { type: 'function_call', name: 'f', arguments: '{}' },
      {
        type: 'message',
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'Hi' },
          { type: 'refusal', refusal: 'No' },
        ],
      },
      { type: 'web_search_call', id: 'ws' },
    ],
  });
  expect(view?.kind === 'turns' && view.turns.map(({ parts }) => parts.map(({ kind }) => kind))).toEqual([
    ['reasoning'],
    ['call'],
    ['text', 'refusal'],
    ['other'],
  ]);
});

test('completions, images and lists of inputs are read as texts and media', () => {
  expect(input('/v1/completions', { prompt: ['a', 'b'] })).toMatchObject({
    turns: [{ parts: [text('a'), text('b')] }],
  });
  expect(input('/v1/embeddings', { input: [1, 2, 3] })).toMatchObject({
    turns: [{ parts: [{ kind: 'other' }] }],
  });
  expect(answer({ choices: [{ text: 'done', finish_reason: 'length' }] })).toMatchObject({
    turns: [{ note: 'length', parts: [text('done')] }],
  });
  expect(
    answer({ data: [{ url: 'https://x/1.png', revised_prompt: 'A cat' }, { b64_json: 'AAAA' }] }),
  ).toMatchObject({
    turns: [{ parts: [{ source: 'https://x/1.png' }, text('A cat'), { bytes: 3 }] }],
  });
});

test('embeddings have a size and numbers to draw, as a list and in base64', () => {
  const numbers = Array.from({ length: 1_536 }, (_, index) => Math.sin(index));
  const base64 = Buffer.from(new Float32Array(numbers).buffer).toString('base64');
  const view = answer({
    data: [{ embedding: numbers }, { embedding: base64 }, { embedding: '%%%' }, { embedding: null }],
  });
  if (view?.kind !== 'vectors') throw new Error('No vectors were read.');
  expect(view.vectors.map(({ size, values }) => [size, values.length])).toEqual([
    [1_536, 512],
    [1_536, 512],
    [0, 0],
    [0, 0],
  ]);
  expect(view.vectors[1]?.values[5]).toBeCloseTo(Math.sin(5));
  expect(drawLine([0, 1, -1], { width: 100, height: 20 })).toBe('M0 10L50 1L100 19');
  expect(drawLine([], { width: 100, height: 20 })).toBe('');
});

test('moderations say first what is flagged', () => {
  const view = answer({
    results: [
      {
        flagged: true,
        categories: { hate: false, violence: true },
        category_scores: { hate: 0.9, violence: 0.2 },
      },
    ],
  });
  expect(view).toEqual({
    kind: 'verdicts',
    verdicts: [
      {
        isFlagged: true,
        categories: [
          { name: 'violence', isFlagged: true, score: 0.2 },
          { name: 'hate', isFlagged: false, score: 0.9 },
        ],
      },
    ],
  });
});

test('an error is told in the words of the provider', () => {
  expect(readAnswer({ response: null, error: { code: 'batch_expired', message: 'Too late.' } })).toEqual({
    kind: 'error',
    error: { status: null, code: 'batch_expired', message: 'Too late.', param: '' },
  });
  const body = { error: { message: 'Bad.', type: 'invalid_request_error', param: 'model', code: null } };
  expect(readAnswer({ response: { status_code: 400, body }, error: null })).toEqual({
    kind: 'error',
    error: { status: 400, code: 'invalid_request_error', message: 'Bad.', param: 'model' },
  });
  expect(readAnswer({ response: { status_code: 500, body: { error: 'plain' } } })).toMatchObject({
    error: { status: 500, message: 'plain' },
  });
});

test('settings are the short values of a body', () => {
  const body = {
    model: 'm',
    messages: [],
    temperature: 0,
    stream: false,
    user: 'x'.repeat(100),
    tools: [{}],
    stop: null,
  };
  expect(readSettings({ body })).toEqual([
    ['model', 'm'],
    ['temperature', '0'],
    ['stream', 'false'],
  ]);
  expect(readSettings(null)).toEqual([]);
});

/** Shapes that no provider should send, and some do. */
const odd: unknown[] = [
  null,
  undefined,
  0,
  Number.NaN,
  true,
  '',
  'text',
  [],
  [null, 1, 'x', [[]]],
  {},
  { type: 1 },
  { type: '__proto__' },
];
const nested = () => {
  let deep: unknown = 'end';
  for (let depth = 0; depth < 50_000; depth += 1) deep = [deep];
  return deep;
};

test('nothing that comes breaks the reading of it', () => {
  const texts = ['<script>alert(1)</script>', 'مرحبا', 'x'.repeat(1_000_000), '\u0000\uD800'];
  for (const value of [...odd, ...texts, nested()]) {
    const shapes = [
      value,
      [value],
      { type: 'message', content: value },
      { message: value },
      { embedding: value },
    ];
    for (const shape of shapes) {
      const fields = ['messages', 'input', 'prompt', 'instructions', 'image'];
      for (const field of fields) {
        expect(() => input('/v1/responses', { [field]: shape })).not.toThrow();
        expect(() => input('/v1/chat/completions', { [field]: shape })).not.toThrow();
        expect(() =>
          input('/v1/chat/completions', { messages: [{ role: value, content: shape, tool_calls: shape }] }),
        ).not.toThrow();
      }
      for (const field of ['choices', 'output', 'results', 'data', 'error']) {
        expect(() => answer({ [field]: shape })).not.toThrow();
      }
      expect(() => readAnswer({ response: shape, error: value })).not.toThrow();
      expect(() => readSettings({ body: shape })).not.toThrow();
    }
    expect(() => readInput(value)).not.toThrow();
    expect(() => readAnswer(value)).not.toThrow();
  }
  expect(writeJson(nested())).toBeNull();
  expect(input('/v1/chat/completions', { messages: [{ role: 'user', content: '<b>hi</b>' }] })).toMatchObject(
    {
      turns: [{ parts: [text('<b>hi</b>')] }],
    },
  );
});
