import { createInputValidator } from '@batchdesk/shared';
import type { InputRequest } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { GOOD_BODIES, request, requestTo } from './request-line.ts';

const chat = GOOD_BODIES['/v1/chat/completions'];

/** What the validator says of the input of a job, and which requests it handed on. */
function checkJob(lines: Iterable<unknown>) {
  const requests: Omit<InputRequest, 'bytes'>[] = [];
  const onRequest = ({ bytes: _, ...facts }: InputRequest) => void requests.push(facts);
  const validator = createInputValidator({ scope: 'job', onRequest });
  for (const line of lines) validator.feed(Buffer.from(`${JSON.stringify(line)}\n`));
  return { ...validator.finish(), requests, isTooLarge: validator.isTooLarge };
}

function* named(count: number, modelOf: (index: number) => string): Generator {
  for (let index = 0; index < count; index += 1) {
    yield request(`request-${index}`, { body: { ...chat, model: modelOf(index) } });
  }
}

test('more requests than a batch takes pass, of several models', () => {
  const { issues, request_count, models, estimated_tokens } = checkJob(named(50_010, (at) => `m-${at % 3}`));
  expect({ issues, request_count }).toEqual({ issues: [], request_count: 50_010 });
  expect(models.map((model) => model.request_count)).toEqual([16_670, 16_670, 16_670]);
  // A message is 4, "Hello" 1.25.
  expect(estimated_tokens).toBe(6 * 50_010);
});

test('more bytes than a batch takes pass', () => {
  const padding = 'x'.repeat(4_000_000);
  function* padded(): Generator {
    for (let line = 1; line <= 55; line += 1) yield request(`${line}`, { body: { ...chat, padding } });
  }
  const { issues, bytes, isTooLarge } = checkJob(padded());
  expect({ issues, isTooLarge }).toEqual({ issues: [], isTooLarge: false });
  expect(bytes).toBeGreaterThan(220_000_000);
});

test('1,000 models pass, and each request of one more is an issue', () => {
  const { issues, models, requests } = checkJob(named(1_003, (at) => `m-${at % 1_002}`));
  expect(models).toHaveLength(1_000);
  expect(issues[0]).toEqual({
    code: 'too_many_models',
    message: "The model 'm-1000' for this request is one too many; a job takes at most 1000 models.",
    param: 'body.model',
    line: 1_001,
    custom_id: 'request-1000',
  });
  expect(issues.map(({ line }) => line)).toEqual([1_001, 1_002]);
  expect(requests.slice(999).map(({ model }) => model)).toEqual(['m-999', null, null, 'm-0']);
});

test('a request of more embedding inputs than a batch takes is an issue, all requests together are none', () => {
  const texts = (count: number) => ({ input: Array.from({ length: count }, () => 'a') });
  const of = (count: number, id: string) => requestTo('/v1/embeddings', texts(count), id);
  const { issues, embedding_inputs } = checkJob([of(50_000, 'a'), of(50_001, 'b'), of(1, 'c')]);
  expect(embedding_inputs).toBe(100_002);
  expect(issues).toEqual([
    {
      code: 'too_many_embedding_inputs',
      message: 'This request has 50001 embedding inputs; a batch takes at most 50000.',
      param: 'body.input',
      line: 2,
      custom_id: 'b',
    },
  ]);
});

test('what else is wrong with a batch is wrong with a job', () => {
  const { issues } = checkJob([
    request('a'),
    requestTo('/v1/responses', {}, 'b'),
    request('c', { method: 'GET' }),
    request('a'),
    [],
  ]);
  expect(issues.map(({ code, line }) => [code, line])).toEqual([
    ['invalid_url', 2],
    ['invalid_method', 3],
    ['duplicate_custom_id', 4],
    ['invalid_type', 5],
  ]);
  expect(checkJob([]).issues).toMatchObject([{ code: 'empty_file', line: null }]);
});

test('each good request is handed on with what counts of it, each bad one with nothing', () => {
  const { requests, estimated_tokens } = checkJob([
    requestTo('/v1/embeddings', { model: 'n', input: [[1, 2], [3]] }, 'a'),
    requestTo('/v1/embeddings', { model: 'n', stream: true }, 'b'),
    'nothing',
  ]);
  expect(requests).toEqual([
    { custom_id: 'a', model: 'n', embedding_inputs: 2, estimated_tokens: 3, max_output_tokens: 0 },
    { custom_id: 'b', model: null, embedding_inputs: 0, estimated_tokens: 0, max_output_tokens: 0 },
    { custom_id: null, model: null, embedding_inputs: 0, estimated_tokens: 0, max_output_tokens: 0 },
  ]);
  expect(estimated_tokens).toBe(3);
});
