import { BatchdeskError } from '@batchdesk/shared';
import type { PriceList, SetPrices } from '@batchdesk/shared';
import { BUILT_IN, priceText, replaceOwnPrices } from '../db/prices.ts';
import type { Deps } from '../deps.ts';
import { costUnpriced } from './cost-unpriced.ts';
import { listPrices } from './list-prices.ts';

/**
 * Makes these the user's own prices, in place of those before, and costs the batches whose price was not known until now.
 * What has a cost keeps it: see `recost`. What is built in is no price of one's own, so that `listPrices` can be given back.
 *
 * @throws {BatchdeskError} `invalid_value` for two prices of a model that hold from the same day
 */
export async function setPrices(deps: Pick<Deps, 'db'>, { prices }: SetPrices): Promise<PriceList> {
  const builtIn = new Set(BUILT_IN.map(priceText));
  const own = prices
    .map((price, index) => ({ price, index }))
    .filter(({ price }) => price.source !== 'built_in' && !builtIn.has(priceText(price)));
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

function twice(
  index: number,
  other: number,
  { model, effective_from }: SetPrices['prices'][number],
): BatchdeskError {
  const since = effective_from === null ? 'without a date' : `from ${effective_from}`;
  const reason = `${model} has a price ${since} already, in prices.${other}. Keep one of them.`;
  return new BatchdeskError('invalid_value', { param: `prices.${index}`, details: { reason } });
}
