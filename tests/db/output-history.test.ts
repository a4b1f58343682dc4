import { expect, test } from 'vitest';
import { expectCosts } from '../../apps/server/src/pricing/expected-cost.ts';
import { likelyOutput, openOutputHistory } from '../../apps/server/src/pricing/output-history.ts';
import { openTestDatabase } from './open-test-database.ts';

const CHAT = '/v1/chat/completions';

const none = {
  group_by: '',
  period: '',
  value: '',
  provider: 'openai',
  status: 'completed',
  endpoint: CHAT,
  model: 'gpt-4o-mini',
  batches: 1,
  requests_total: 10n,
  requests_completed: 10n,
  requests_failed: 0n,
  input_tokens: 1_000n,
  cached_tokens: 0n,
  output_tokens: 200n,
  reasoning_tokens: 0n,
  total_tokens: 1_200n,
  cost: 0n,
  synchronous_cost: 0n,
  unpriced: 0,
  requests_with_usage: 10n,
};

test('what a model answered at an endpoint counts, under its dated names too', async () => {
  await using database = await openTestDatabase();
  await database.db.batchTotal.createMany({
    data: [
      none,
      { ...none, model: 'gpt-4o-mini-2024-07-18', status: 'expired', output_tokens: 100n },
      // Of none of these is anything known that would tell.
      { ...none, period: '2026-11-23' },
      { ...none, group_by: 'metadata.project', value: 'a' },
      { ...none, provider: 'local' },
      { ...none, status: 'in_progress' },
      // Nobody tells the tokens of some of these requests.
      { ...none, status: 'cancelled', output_tokens: 0n, requests_with_usage: 0n },
      { ...none, model: 'gpt-4o-mini-audio' },
      { ...none, endpoint: '/v1/responses' },
    ],
  });
  const historyOf = await openOutputHistory(database.db, 'openai');
  const models = ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18', 'gpt-4o'];
  expect(models.map((model) => historyOf(model, CHAT))).toEqual([
    { requests: 20, output_tokens: 300 },
    { requests: 10, output_tokens: 100 },
    { requests: 0, output_tokens: 0 },
  ]);
});

test('a batch whose requests are long on average is expected to cost what long ones do', async () => {
  await using database = await openTestDatabase();
  const deps = { db: database.db, provider: { name: 'openai' } } as Parameters<typeof expectCosts>[0];
  const batch = (estimated_tokens: number) => ({
    endpoint: CHAT,
    model: 'gpt-6-astra',
    request_count: 2,
    estimated_tokens,
    max_output_tokens: 2_000,
    uncapped_requests: 0,
  });
  const costs = await expectCosts(deps, [batch(544_000), batch(544_002)], Date.parse('2026-11-23') / 1_000);
  // Half of 10 and 50 dollars a million; with more than 272,000 tokens twice that, and one and a half times.
  expect(costs).toEqual([544_000n * 50_000n + 2_000n * 250_000n, 544_002n * 100_000n + 2_000n * 375_000n]);
});

test('requests are expected to be answered with as much each as before, and with no more than they allow', () => {
  const history = { requests: 20, output_tokens: 300 };
  expect(likelyOutput(history, { request_count: 7, max_output_tokens: 0, uncapped_requests: 1 })).toBe(105);
  expect(likelyOutput(history, { request_count: 7, max_output_tokens: 50, uncapped_requests: 0 })).toBe(50);
  expect(
    likelyOutput(
      { requests: 0, output_tokens: 0 },
      { request_count: 7, max_output_tokens: 50, uncapped_requests: 0 },
    ),
  ).toBeNull();
  expect(
    likelyOutput(
      { requests: 0, output_tokens: 0 },
      { request_count: 7, max_output_tokens: 0, uncapped_requests: 0 },
    ),
  ).toBe(0);
});
