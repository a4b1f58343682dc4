import { BUILT_IN_PRICES } from '@batchdesk/shared';
import type { Batch, ListedPrice, PriceList, RecostAnswer } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { answerOf, json } from '../helpers/http.ts';
import { chatRequests } from '../helpers/requests.ts';
import { runToEnd, untilCollected } from '../helpers/results.ts';
import { startTestServer } from '../helpers/start-test-server.ts';
import { createRestClient } from './transports.ts';

/** What can be done with prices, over REST or tRPC; what is no success comes as status and error. */
interface PricesClient {
  list(): Promise<PriceList>;
  set(prices: unknown): Promise<any>;
  recost(query: unknown): Promise<any>;
}

const rest = (url: string): PricesClient => {
  const call = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? {} : { headers: json, body: JSON.stringify(body) };
    const answer = await answerOf(`${url}/api/prices${path}`, { method, ...init });
    if (answer.status !== 200) return { status: answer.status, error: answer.body.error };
    const { success, ...more } = answer.body;
    expect(success).toBe(true);
    return more;
  };
  return {
    list: () => call('GET', ''),
    set: (prices) => call('PUT', '', { prices }),
    recost: (query) => call('POST', '/recost', query),
  };
};

const trpc = (url: string): PricesClient => {
  const call = async (name: string, input?: unknown) => {
    const init = input === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(input) };
    const { status, body } = await answerOf(`${url}/trpc/prices.${name}`, init);
    return status === 200 ? body.result.data : { status, error: body.error.data.error };
  };
  return {
    list: () => call('list'),
    set: (prices) => call('set', { prices }),
    recost: (query) => call('recost', query),
  };
};

const builtIn = BUILT_IN_PRICES.prices.length;
const own = (prices: readonly ListedPrice[]) => prices.filter(({ source }) => source === 'own');
const house = { model: 'house-model', input: 3, output: 6 };
const houseListed = {
  ...house,
  cached_input: null,
  batch_share: 0.5,
  long_context: null,
  effective_from: null,
  source: 'own',
};

/** The same requests of another model. */
const requestsOf = (model: string) =>
  chatRequests(4).map((request) => Object.assign(request, { body: { ...request.body, model } }));

test.each([
  ['REST', rest],
  ['tRPC', trpc],
])('prices are listed, set and given back unchanged over %s', async (_, connect) => {
  await using server = await startTestServer();
  const prices = connect(server.url);
  const first = await prices.list();
  expect(first).toMatchObject({ currency: 'usd', built_in_read: BUILT_IN_PRICES.read });
  expect(first.prices).toHaveLength(builtIn);
  expect(own(first.prices)).toEqual([]);
  const names = first.prices.map(({ model }) => model);
  expect(names).toEqual(names.toSorted());

  const dearer = { model: 'gpt-4o', input: 99, cached_input: 1, output: 100, effective_from: '2026-01-01' };
  const instead = { model: 'gpt-4o-mini', input: 1, output: 2, cached_input: 0.5 };
  const set: PriceList = await prices.set([house, dearer, instead]);
  expect(own(set.prices)).toHaveLength(3);
  // Beside the built-in one, which has no date, and in place of it.
  expect(set.prices).toHaveLength(builtIn + 2);
  const of = (model: string) => set.prices.filter((price) => price.model === model);
  expect(of('house-model')).toEqual([houseListed]);
  expect(of('gpt-4o').map(({ source, effective_from }) => [source, effective_from])).toEqual([
    ['built_in', null],
    ['own', '2026-01-01'],
  ]);
  expect(of('gpt-4o-mini')).toMatchObject([{ source: 'own', input: 1 }]);

  expect(await prices.list()).toEqual(set);
  expect(await prices.set(set.prices)).toEqual(set);
  expect(await server.db.price.count({ where: { is_own: true } })).toBe(3);
  // A list that says nothing of sources is one's own, whatever it is equal to.
  const bare = set.prices.map(({ source: _source, ...price }) => price);
  const all = bare.map((price) => Object.assign({ source: 'own' }, price));
  expect((await prices.set(bare)).prices).toEqual(all);
  expect(await prices.set([])).toEqual(first);
});

test('what is listed is what counts: a price like the built-in one holds again after an earlier one', async () => {
  await using server = await startTestServer();
  const prices = rest(server.url);
  const luna = async () => (await prices.list()).prices.filter(({ model }) => model === 'gpt-5.6-luna');
  const [builtInLuna] = await luna();
  expect(builtInLuna).toMatchObject({ source: 'built_in', effective_from: '2026-07-30' });
  const { source: _, ...copy } = builtInLuna!;
  const before = { model: 'gpt-5.6-luna', input: 7, output: 8 };

  await prices.set([before]);
  // It holds always, and is one's own: the built-in one never counts.
  expect(await luna()).toMatchObject([{ source: 'own', input: 7 }]);
  await prices.set([{ ...before, effective_from: '2026-07-31' }]);
  expect(await luna()).toMatchObject([builtInLuna, { source: 'own', input: 7 }]);

  const set = await prices.set([before, copy]);
  expect(await luna()).toEqual([expect.objectContaining(before), { ...copy, source: 'own' }]);
  expect(await prices.set(set.prices)).toEqual(set);
  const july = await runToEnd(server, requestsOf('gpt-5.6-luna'));
  const june = await runToEnd(server, requestsOf('gpt-5.6-luna'));
  const created_at = Date.UTC(2026, 5, 30) / 1_000;
  await server.db.batch.update({ where: { id: june }, data: { created_at } });
  expect(await prices.recost({ batch_id: june })).toEqual({ batches: 1, changed: 1 });
  const api = createRestClient(server.url);
  const inputs = await Promise.all(
    [june, july].map(async (id) => ((await api.get(id)) as any).cost_details.price.input),
  );
  expect(inputs).toEqual([7, copy.input]);
});

test('2,000 prices of one’s own can be kept and given back with the built-in ones, and no more', async () => {
  await using server = await startTestServer();
  const prices = rest(server.url);
  const many = Array.from({ length: 2_001 }, (_, index) => ({ ...house, model: `house-${index}` }));
  const set: PriceList = await prices.set(many.slice(1));
  expect(set.prices).toHaveLength(2_000 + builtIn);
  expect(await prices.set(set.prices)).toEqual(set);
  const { status, error } = await prices.set(many);
  expect([status, error.code, error.param]).toEqual([400, 'invalid_value', 'prices']);
  expect(error.message).toBe('prices is not valid: it has 2,001 prices of your own; keep at most 2,000.');
  expect(await prices.list()).toEqual(set);
});

test.each([
  [[house, { ...house, input: 4 }], 'invalid_value', 'prices.1'],
  [
    [{ ...house, effective_from: '2026-02-01' }, house, { ...house, effective_from: '2026-02-01' }],
    'invalid_value',
    'prices.2',
  ],
  [[{ ...house, cached_input: 4 }], 'invalid_value', 'prices.0.cached_input'],
  [[house, { model: 'x', output: 1 }], 'missing_required_parameter', 'prices.1.input'],
  [[{ ...house, input: -1 }], 'invalid_value', 'prices.0.input'],
  [[{ ...house, input: 0.000_000_1 }], 'invalid_value', 'prices.0.input'],
  [[{ ...house, effective_from: 'soon' }], 'invalid_value', 'prices.0.effective_from'],
  [[{ ...house, price: 1 }], 'unknown_parameter', 'prices.0.price'],
  [[house, { ...house, source: 'built_in' }], 'invalid_value', 'prices.1.source'],
  [[{ model: 'gpt-4o', input: 99, output: 100, source: 'built_in' }], 'invalid_value', 'prices.0.source'],
  ['all', 'invalid_value', 'prices'],
])('of %j it is said what is wrong, and nothing is set', async (list, code, param) => {
  await using server = await startTestServer();
  for (const prices of [rest(server.url), trpc(server.url)]) {
    const { status, error } = await prices.set(list);
    expect([status, error.code, error.param]).toEqual([400, code, param]);
    expect(error.message).toMatch(/[.!?]$/);
    expect(own((await prices.list()).prices)).toEqual([]);
  }
});

test('a price that comes later costs what has none, and changes no other cost until it is asked to', async () => {
  await using server = await startTestServer();
  const api = createRestClient(server.url);
  const prices = rest(server.url);
  const known = await runToEnd(server, requestsOf('gpt-4o'));
  const unknown = await runToEnd(server, requestsOf('house-model'));
  const tuned = await runToEnd(server, requestsOf('ft:house-model:acme::1'));
  const costOf = async (id: string): Promise<Batch['cost']> => (await api.get(id)).batch.cost;
  const before = await costOf(known);
  expect(before).toMatchObject({ currency: 'usd', unknown: null, basis: 'usage' });
  const none = { amount: null, synchronous: null, savings: null, unknown: 'price', basis: 'usage' };
  expect(await costOf(unknown)).toEqual({ currency: 'usd', ...none });
  expect(await costOf(tuned)).toMatchObject(none);
  expect(await api.get(unknown)).not.toHaveProperty('cost_details');

  await prices.set([house, { model: 'gpt-4o', input: 5, output: 20 }]);
  const { batch, cost_details } = (await api.get(unknown)) as any;
  const { input_tokens, output_tokens } = batch.usage;
  expect(batch.cost.amount).toBeCloseTo((input_tokens * 1.5 + output_tokens * 3) / 1e6, 12);
  expect(batch.cost.savings).toBeCloseTo(batch.cost.amount, 12);
  const { source: _, ...price } = houseListed;
  expect(cost_details.price).toEqual(price);
  const { input, cached_input, output } = cost_details;
  expect(input + cached_input + output).toBeCloseTo(batch.cost.amount, 12);
  expect(await costOf(known)).toEqual(before);
  expect(await costOf(tuned)).toMatchObject(none);

  expect(await prices.recost({ batch_id: unknown })).toEqual({ batches: 1, changed: 0 });
  expect(await prices.recost({ model: 'gpt-4o', to: 5 })).toEqual({ batches: 0, changed: 0 });
  expect(await prices.recost({ model: 'gpt-4o-mini' })).toEqual({ batches: 0, changed: 0 });
  expect(await costOf(known)).toEqual(before);
  expect(await trpc(server.url).recost({ model: 'gpt-4o' })).toEqual({ batches: 1, changed: 1 });
  expect((await costOf(known))!.amount).toBeCloseTo(before!.amount! * 2, 12);

  // What has no price any more keeps the one it had.
  await prices.set([]);
  const answer: RecostAnswer = await prices.recost({});
  expect(answer).toEqual({ batches: 3, changed: 1 });
  expect(await api.get(unknown)).toMatchObject({ batch: { cost: batch.cost }, cost_details });
  expect(await costOf(tuned)).toMatchObject(none);
  expect(await costOf(known)).toEqual(before);
});

test('batches are costed with the price of their day', async () => {
  await using server = await startTestServer();
  const api = createRestClient(server.url);
  const prices = rest(server.url);
  const [early, late] = [
    await runToEnd(server, requestsOf('house-model')),
    await runToEnd(server, requestsOf('house-model')),
  ];
  const day = Date.UTC(2026, 0, 31) / 1_000;
  await server.db.batch.update({ where: { id: early }, data: { created_at: day + 86_399 } });
  await server.db.batch.update({ where: { id: late }, data: { created_at: day + 86_400 } });
  await prices.set([
    { ...house, effective_from: '2026-02-01', input: 30, output: 60 },
    { ...house, effective_from: '2026-01-01' },
  ]);
  const amounts = await Promise.all([early, late].map(async (id) => (await api.get(id, false)).batch.cost!));
  expect(amounts[1]!.amount).toBeCloseTo(amounts[0]!.amount! * 10, 12);
  expect(await prices.recost({ from: '2026-02-01' })).toEqual({ batches: 1, changed: 0 });
  expect(await prices.recost({ to: '2026-02-01' })).toEqual({ batches: 1, changed: 0 });
});

test('a batch that is not there cannot be costed again', async () => {
  await using server = await startTestServer();
  for (const prices of [rest(server.url), trpc(server.url)]) {
    const { status, error } = await prices.recost({ batch_id: 'batch_none' });
    expect([status, error.code]).toEqual([404, 'batch_not_found']);
    expect((await prices.recost({ batch: 'x' })).error.code).toBe('unknown_parameter');
  }
});

test('batches from before their price was known are costed at the start', async () => {
  await using server = await startTestServer();
  const id = await runToEnd(server, 3);
  await untilCollected(server, id);
  const before = (await createRestClient(server.url).get(id)).batch.cost;
  await server.db.batch.updateMany({ data: { price_id: null, cost: null, synchronous_cost: null } });
  await server.restart();
  await expect
    .poll(async () => (await createRestClient(server.url).get(id, false)).batch.cost, { timeout: 10_000 })
    .toEqual(before);
});
