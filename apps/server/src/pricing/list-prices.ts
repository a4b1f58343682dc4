import { BUILT_IN_PRICES } from '@batchdesk/shared';
import type { ListedPrice, PriceList } from '@batchdesk/shared';
import { BUILT_IN, findOwnPrices } from '../db/prices.ts';
import type { Deps } from '../deps.ts';

/**
 * The user's own prices and the built-in ones, by model, then by date. Built-in ones that never count are left out: while
 * one's own price of that model is in force, it is the one that counts.
 */
export async function listPrices({ db }: Pick<Deps, 'db'>): Promise<PriceList> {
  const own = await findOwnPrices(db);
  const counts = (price: ListedPrice) =>
    !own.some((other) => other.model === price.model && dayOf(other) <= dayOf(price));
  const prices = [...own, ...BUILT_IN.filter(counts)].toSorted(byModelAndDate);
  return { currency: BUILT_IN_PRICES.currency, built_in_read: BUILT_IN_PRICES.read, prices };
}

/** The first day of a price, before all others when it has always held. */
function dayOf({ effective_from }: ListedPrice): string {
  return effective_from ?? '';
}

function byModelAndDate(a: ListedPrice, b: ListedPrice): number {
  return compare(a.model, b.model) || compare(dayOf(a), dayOf(b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
