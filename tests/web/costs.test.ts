import type { ListedPrice, Price } from '@batchdesk/shared';
import { expect, test } from 'vitest';
import { readDecimal, writeDecimal } from '../../apps/web/src/format/decimal.ts';
import { formatMoney } from '../../apps/web/src/format/money.ts';
import { costs } from '../../apps/web/src/i18n/en/costs.ts';
import { nameElements } from '../../apps/web/src/pages/settings/name-elements.ts';
import { readFields, toFields } from '../../apps/web/src/pages/settings/price-fields.ts';
import {
  findChanges,
  mergePrices,
  ofModel,
  ownPrices,
  withPrice,
  withoutPrice,
} from '../../apps/web/src/pages/settings/price-list.ts';
import { readPriceFile } from '../../apps/web/src/pages/settings/read-price-file.ts';

const price = (model: string, input = 1, effective_from: string | null = null): Price => ({
  model,
  input,
  cached_input: null,
  output: 2,
  batch_share: 0.5,
  long_context: null,
  effective_from,
});
const own = (model: string, input?: number): ListedPrice => ({ ...price(model, input), source: 'own' });
const builtIn = (model: string): ListedPrice => ({ ...price(model), source: 'built_in' });

test.each([
  [0, '$0.00'],
  [0.01275, '$0.01275'],
  [0.5, '$0.50'],
  [0.000002, '$0.000002'],
  [0.0123456, '$0.01235'],
  [1, '$1.00'],
  [1234.567, '$1,234.57'],
])('%d dollars are written %s', (dollars, written) => {
  expect(formatMoney(dollars, 'en')).toBe(written);
});

test('amounts are written as the language does', () => {
  expect(formatMoney(0.01275, 'fr')).toMatch(/^0,01275\s\$US$/);
  expect(formatMoney(0.000064567, 'en', 2)).toBe('$0.000065');
});

test('numbers are read with a point or a comma, and nothing else is one', () => {
  expect(['0,15', '0.15', ' 3 ', '.5', '1.'].map(readDecimal)).toEqual([0.15, 0.15, 3, 0.5, 1]);
  expect(['', '-1', '1e3', '1.2.3', '1,000,5', 'ten', 'Infinity'].map(readDecimal)).toEqual(
    Array.from({ length: 7 }, () => Number.NaN),
  );
  expect(readDecimal(writeDecimal(1234.5, 'fr'))).toBe(1234.5);
});

test('what the form of a price holds is that price again', () => {
  const full: Price = {
    ...price('gpt-x', 0.000001, '2026-11-01'),
    cached_input: 0.0000005,
    batch_share: 0.3333,
    long_context: { above_input_tokens: 272_000, input_multiplier: 2, output_multiplier: 1.5 },
  };
  expect(readFields(toFields(full, 'fr'))).toEqual({ price: full });
  expect(readFields(toFields(price('a'), 'en'))).toEqual({ price: price('a') });
});

test('what is wrong in the form of a price is said of each field', () => {
  expect(readFields({ ...toFields(null, 'en'), share: '' })).toEqual({
    problems: { model: 'no_model', input: 'no_number', output: 'no_number', share: 'no_number' },
  });
  const fields = toFields(price('a'), 'en');
  expect(readFields({ ...fields, cached: '5' })).toEqual({ problems: { cached: 'above_input' } });
  expect(readFields({ ...fields, above: '1000' })).toEqual({
    problems: { inputTimes: 'no_number', outputTimes: 'no_number' },
  });
});

test('one’s own prices are changed one at a time', () => {
  const prices = ownPrices([own('a'), builtIn('b'), own('c')]);
  expect(prices).toEqual([price('a'), price('c')]);
  expect(withPrice(prices, price('a', 7), null)).toEqual([price('a', 7), price('c')]);
  expect(withPrice(prices, price('a', 7, '2026-11-01'), price('a'))).toEqual([
    price('a', 7, '2026-11-01'),
    price('c'),
  ]);
  expect(withoutPrice(prices, price('a'))).toEqual([price('c')]);
});

test('prices are found by a part of their model’s name', () => {
  const prices = [price('gpt-4o'), price('gpt-4.1'), price('o3')];
  expect(ofModel(prices, 'GPT').map(({ model }) => model)).toEqual(['gpt-4o', 'gpt-4.1']);
  expect(ofModel(prices, '')).toEqual(prices);
});

test('an import says what it adds, changes and removes', () => {
  const listed = [own('a'), builtIn('b'), own('c')];
  const imported = [price('a', 7), price('new')];
  const merged = mergePrices(ownPrices(listed), imported);
  expect(merged).toEqual([...imported, price('c')]);
  expect(findChanges(listed, merged).map((change) => [change.kind, change.price.model])).toEqual([
    ['changed', 'a'],
    ['added', 'new'],
  ]);
  expect(findChanges(listed, imported).at(-1)).toEqual({ kind: 'removed', price: price('c') });
});

test('what an import says is built in changes nothing, and takes the place of nothing', () => {
  const listed = [own('a'), builtIn('b')];
  const source = 'built_in' as const;
  const exported = [price('a'), { ...price('b'), source }];
  expect(findChanges(listed, mergePrices(ownPrices(listed), exported))).toEqual([]);
  const merged = mergePrices(ownPrices(listed), [{ ...price('a'), source }]);
  expect(merged).toEqual([{ ...price('a'), source }, price('a')]);
  expect(findChanges(listed, merged)).toEqual([]);
  // Like the built-in one, but one's own from now on.
  expect(findChanges(listed, [price('a'), price('b')])).toEqual([{ kind: 'changed', price: price('b') }]);
  // Somebody has changed it in the file: the server says what to do.
  const edited = { ...price('b', 7), source };
  expect(findChanges(listed, [price('a'), edited])).toEqual([{ kind: 'changed', price: edited }]);
});

test('a file of prices is an export or a list, and built-in prices in it stay such', () => {
  const list = [builtIn('b'), { model: ' a ', input: 1, output: 2 }, own('c')];
  const read = { prices: [builtIn('b'), price('a'), price('c')] };
  expect(readPriceFile(JSON.stringify(list))).toEqual(read);
  expect(readPriceFile(JSON.stringify({ success: true, currency: 'usd', prices: list }))).toEqual(read);
});

test.each([
  ['{', { kind: 'not_json' }],
  ['', { kind: 'not_json' }],
  ['{"a":1}', { kind: 'no_list' }],
  ['null', { kind: 'no_list' }],
  ['[{"model":"a"},{"modle":"b"}]', { kind: 'no_model', element: 2 }],
  ['[null]', { kind: 'no_model', element: 1 }],
])('the file %s is refused', (text, problem) => {
  expect(readPriceFile(text)).toEqual({ problem });
});

test('a refusal of imported prices names the element of the file', () => {
  const error = {
    code: 'invalid_value',
    message: 'prices.1.input is not valid: no number.',
    type: 'invalid_request_error',
    param: 'prices.1.input',
    details: { param: 'prices.1.input', reason: 'no number.' },
    request_id: 'r',
  };
  const file = { prices: [price('b'), price('a')] };
  const named = nameElements({ kind: 'refused', error }, file, costs.elementAt);
  expect(named).toMatchObject({ error: { details: { param: 'Price 2 of the file (a), input' } } });
});
