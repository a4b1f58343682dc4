import { expect, test } from 'vitest';
import { parseBatch, tryParseBatch } from '../../apps/server/src/provider/parse-answer.ts';

const batch = {
  id: 'batch_1',
  endpoint: '/v1/embeddings',
  input_file_id: 'file-1',
  created_at: 1_700_000_000,
};

test('what is left out, null or empty means none', () => {
  expect(
    parseBatch({ ...batch, status: 'completed', output_file_id: '', error_file_id: null }),
  ).toMatchObject({
    output_file_id: null,
    error_file_id: null,
    completed_at: null,
    usage: null,
    metadata: null,
    request_counts: { total: 0, completed: 0, failed: 0 },
  });
});

test('a form of the server’s own does not hide the batch', () => {
  const odd = {
    status: 'queued',
    usage: { tokens: 1 },
    created_at: 1_700_000_000.7,
    request_counts: null,
    errors: 'no',
  };
  expect(tryParseBatch({ ...batch, ...odd })).toMatchObject({
    id: 'batch_1',
    status: 'in_progress',
    usage: null,
    created_at: 1_700_000_000,
    errors: null,
  });
});

test('tokens without details, or with those of the server’s own, are tokens', () => {
  const usage = { input_tokens: 5, output_tokens: 6, total_tokens: 11 };
  const odd = { ...usage, input_tokens_details: null, output_tokens_details: { tokens: 1 } };
  expect(tryParseBatch({ ...batch, usage: odd })!.usage).toEqual(usage);
  expect(tryParseBatch({ ...batch, usage: { ...usage, output_tokens: -1 } })!.usage).toBeNull();
});

test('what has no id is no batch', () => {
  expect(tryParseBatch({ ...batch, id: '' })).toBeNull();
  expect(tryParseBatch('batch_1')).toBeNull();
});

test('more tokens than any batch has are none', () => {
  const usageOf = (tokens: number) => {
    const usage = { input_tokens: 1, output_tokens: tokens, total_tokens: tokens };
    return parseBatch({ ...batch, status: 'completed', usage }).usage;
  };
  expect(usageOf(1e12)).toMatchObject({ output_tokens: 1e12 });
  expect(usageOf(2 ** 53 - 1)).toBeNull();
});
