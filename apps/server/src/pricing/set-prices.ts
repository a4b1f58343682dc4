import { BatchdeskError, LIMITS } from '@batchdesk/shared';
import type { PriceList, SetPrices } from '@batchdesk/shared';
import { BUILT_IN, priceText, replaceOwnPrices } from '../db/prices.ts';
import type { Deps } from '../deps.ts';
import { costUnpriced } from './cost-unpriced.ts';
import { listPrices } from './list-prices.ts';

/**
 * Makes these the user's own prices, in place of those before, and costs the batches whose price was not known until now.
 * What has a cost keeps it: see `recost`. What is said to be built in is no price of one's own, so that `listPrices` can be
 * given back.
 *
 * @throws {BatchdeskError} `invalid_value` for two prices of a model that hold from the same day, for one that is said to be
 * built in and is not, and for too many
 */
export async function setPrices(deps: Pick<Deps, 'db'>, { prices }: SetPrices): Promise<PriceList> {
  const builtIn = new Set(BUILT_IN.map(priceText));
  const own = prices
    .map((price, index) => ({ price, index }))
    .filter(({ price, index }) => {
      if (price.source !== 'built_in') return true;
      if (!builtIn.has(priceText(price))) throw notBuiltIn(index, price);
      return false;
    });
  if (own.length > LIMITS.ownPrices) throw tooMany(own.length);
  const places = new Map<string, number>();
  for (const { price, index } of own) {
    const key = JSON.stringify([price.model, price.effective_from]);
    const other = places.get(key);
    if (other !== undefined) throw twice(index, other, price);
    places.set(key, index);
  }
  await replaceOwnPrices(
    deps.db,
    own.map(({ price }) => price),
  );
  await costUnpriced(deps);
  return listPrices(deps);
}

function notBuiltIn(index: number, { model }: SetPrices['prices'][number]): BatchdeskError {
  const reason = `this price of ${model} is not, or no longer, a built-in one. Remove its source to make it your own, or leave it out.`;
  return new BatchdeskError('invalid_value', { param: `prices.${index}.source`, details: { reason } });
}

function tooMany(count: number): BatchdeskError {
  const [given, most] = [count, LIMITS.ownPrices].map((number) => number.toLocaleString('en'));
  const reason = `it has ${given} prices of your own; keep at most ${most}.`;
  return new BatchdeskError('invalid_value', { param: 'prices', details: { reason } });
}

function twice(
  index: number,
  other: number,
  { model, effective_from }: SetPrices['prices'][number],
): BatchdeskError {
  const since = effective_from === null ? 'without a date' : `from ${effective_from}`;
  const reason = `${model} has a price ${since} already, in prices.${other}. Keep one of them.`;
  return new BatchdeskError('invalid_value', { param: `prices.${index}`, details: { reason } });
}
