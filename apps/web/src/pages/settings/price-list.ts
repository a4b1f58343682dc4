import type { ListedPrice, Price } from '@batchdesk/shared';

/** A price as it is given to `prices.set`: one's own, or one that is said to be built in, which the server checks. */
export type GivenPrice = Price & { source?: 'built_in' };

/** What an import does to a list. */
export interface PriceChange {
  kind: 'added' | 'changed' | 'removed';
  price: Price;
}

/** What tells a price from others: its model and the day from which it holds. */
export function keyOf({ model, effective_from }: Pick<Price, 'model' | 'effective_from'>): string {
  return JSON.stringify([model, effective_from]);
}

/** The prices whose model has a text in its name. */
export function ofModel<T extends Pick<Price, 'model'>>(prices: readonly T[], text: string): T[] {
  return prices.filter(({ model }) => model.toLowerCase().includes(text.toLowerCase()));
}

/** The prices of one's own, as `prices.set` takes them. */
export function ownPrices(prices: readonly ListedPrice[]): Price[] {
  return prices.filter(({ source }) => source === 'own').map(toPrice);
}

/** A list with a price in it, which comes first, in place of those of its model and day and of `replaced`. */
export function withPrice(prices: readonly Price[], price: Price, replaced: Price | null): Price[] {
  const gone = new Set([keyOf(price), replaced ? keyOf(replaced) : null]);
  return [price, ...prices.filter((other) => !gone.has(keyOf(other)))];
}

/** A list without a price. */
export function withoutPrice(prices: readonly Price[], price: Price): Price[] {
  return prices.filter((other) => keyOf(other) !== keyOf(price));
}

/** Imported prices, and after them those that stay. Places in the import are places in the result. */
export function mergePrices(own: readonly Price[], imported: readonly GivenPrice[]): GivenPrice[] {
  const keys = new Set(imported.filter(isOwn).map(keyOf));
  return [...imported, ...own.filter((price) => !keys.has(keyOf(price)))];
}

/** What becomes of the prices in force when `next` are set. A built-in one that is not as it is listed counts: it is refused. */
export function findChanges(listed: readonly ListedPrice[], next: readonly GivenPrice[]): PriceChange[] {
  const before = new Map(listed.map((price) => [keyOf(price), price]));
  const after = new Set(next.filter(isOwn).map(keyOf));
  const changes = next.flatMap((price): PriceChange[] => {
    const known = before.get(keyOf(price));
    if (!isOwn(price)) {
      const isOther = known?.source === 'built_in' && !isSame(known, price);
      return isOther ? [{ kind: 'changed', price }] : [];
    }
    if (!known) return [{ kind: 'added', price }];
    return known.source === 'own' && isSame(known, price) ? [] : [{ kind: 'changed', price }];
  });
  const removed = ownPrices(listed).filter((price) => !after.has(keyOf(price)));
  return [...changes, ...removed.map((price): PriceChange => ({ kind: 'removed', price }))];
}

/** Nothing but what a price is: the list may say more of it. */
function toPrice(listed: ListedPrice): Price {
  const { model, input, cached_input, output, batch_share, long_context, effective_from } = listed;
  return { model, input, cached_input, output, batch_share, long_context, effective_from };
}

function isOwn({ source }: GivenPrice): boolean {
  return source !== 'built_in';
}

function isSame(one: Price, other: Price): boolean {
  return JSON.stringify(valuesOf(one)) === JSON.stringify(valuesOf(other));
}

function valuesOf({ input, cached_input, output, batch_share, long_context }: Price): unknown[] {
  const { above_input_tokens, input_multiplier, output_multiplier } = long_context ?? {};
  return [input, cached_input, output, batch_share, above_input_tokens, input_multiplier, output_multiplier];
}
