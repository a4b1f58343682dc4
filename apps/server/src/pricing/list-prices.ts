import { BUILT_IN_PRICES } from '@batchdesk/shared';
import type { ListedPrice, PriceList } from '@batchdesk/shared';
import { findAllPrices } from '../db/prices.ts';
import type { Deps } from '../deps.ts';

/** The built-in prices and the user's own, by model, then by date. Of the same model and date the own one is listed alone. */
export async function listPrices({ db }: Pick<Deps, 'db'>): Promise<PriceList> {
  const listed = new Map<string, ListedPrice>();
  // The own ones come first.
  for (const price of await findAllPrices(db)) {
    const key = JSON.stringify([price.model, price.effective_from]);
    if (!listed.has(key)) listed.set(key, price);
  }
  const prices = [...listed.values()].toSorted(byModelAndDate);
  return { currency: BUILT_IN_PRICES.currency, built_in_read: BUILT_IN_PRICES.read, prices };
}

function byModelAndDate(a: ListedPrice, b: ListedPrice): number {
  return compare(a.model, b.model) || compare(a.effective_from ?? '', b.effective_from ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
