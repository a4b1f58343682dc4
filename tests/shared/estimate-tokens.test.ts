import { estimateTokens, promptTexts } from '@batchdesk/shared/input';
import { expect, test } from 'vitest';

const CHAT = '/v1/chat/completions';
const text = 'x'.repeat(400);
const message = { role: 'user', content: text };
const base64 = 'QUJD'.repeat(100_000);
const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

test.each<[string, string, Record<string, unknown>, number]>([
  ['a text', '/v1/responses', { input: text }, 100],
  ['instructions too', '/v1/responses', { input: text, instructions: text }, 200],
  ['4 for each message', CHAT, { messages: [message, message, message] }, 312],
  ['parts of a content', CHAT, { messages: [{ role: 'user', content: [{ type: 'text', text }] }] }, 104],
  ['texts of a list', '/v1/embeddings', { input: [text, text] }, 200],
  ['a list of tokens', '/v1/embeddings', { input: [1, 22, 333] }, 3],
  ['lists of tokens', '/v1/completions', { prompt: [[1], [22, 333], []] }, 3],
  ['an image', CHAT, { messages: [{ content: [{ type: 'image_url', image_url: { url: base64 } }] }] }, 804],
  [
    'a sound',
    CHAT,
    { messages: [{ content: [{ type: 'input_audio', input_audio: { data: base64 } }] }] },
    804,
  ],
  ['a file', '/v1/responses', { input: [{ type: 'input_file', file_data: base64 }] }, 804],
  ['a data URL wherever it is', CHAT, { messages: [{ content: `data:image/png;base64,${base64}` }] }, 804],
  ['a text that only begins like one', '/v1/responses', { input: `data: ${'x'.repeat(394)}` }, 100],
  ['images to edit', '/v1/images/edits', { prompt: text, images: [{ file_id: 'a' }, {}] }, 1_700],
  ['names and texts of tools', CHAT, { messages: [], tools: [{ name: text, [text]: 1 }] }, 201],
  ['nothing of other fields', CHAT, { messages: [], user: text, metadata: { a: text } }, 0],
  ['nothing of what is no prompt', CHAT, { messages: null, input: 7, tools: null, prompt: false }, 0],
  ['nothing of what is nested beyond reason', CHAT, { messages: nested(100_000), tools: nested(9_999) }, 0],
])('%s of a body counts', (_, url, body, expected) => {
  expect(estimateTokens(url, body)).toBe(expected);
});

test('characters count by their bytes, however they came', () => {
  const input = '漢字'.repeat(100);
  const latin1 = Buffer.from(input).toString('latin1');
  expect(estimateTokens('/v1/responses', { input })).toBe(150);
  expect(estimateTokens('/v1/responses', { input: latin1 }, true)).toBe(150);
  // Escaped in the file: `\u6f22`.
  expect(estimateTokens('/v1/responses', { input }, true)).toBe(150);
  expect(estimateTokens('/v1/responses', { input: '😀é'.repeat(4) })).toBe(6);
});

test('what cannot be counted is told apart from texts', () => {
  const image = { type: 'input_image', image_url: 'https://example.org/a.png' };
  const content = [{ type: 'input_text', text }, image, image];
  expect(promptTexts('/v1/responses', { input: [{ role: 'user', content }] })).toEqual({
    texts: [text],
    otherTokens: 1_604,
    mediaTokens: 1_600,
    isWhole: true,
  });
  const edit = promptTexts('/v1/images/edits', { prompt: text, images: [{}, {}] });
  expect(edit).toMatchObject({ mediaTokens: 1_600, isWhole: true });
});

test.each([
  ['/v1/responses', { input: text, previous_response_id: 'resp_1' }, false],
  ['/v1/responses', { input: text, conversation: { id: 'conv_1' } }, false],
  ['/v1/responses', { prompt: { id: 'pmpt_1' } }, false],
  ['/v1/responses', { input: text, previous_response_id: null, conversation: null }, true],
  ['/v1/completions', { prompt: text }, true],
])('whether the prompt of %s is all in %j: %j', (url, body, isWhole) => {
  expect(promptTexts(url, body).isWhole).toBe(isWhole);
});
