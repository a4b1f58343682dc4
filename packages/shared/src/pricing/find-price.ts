import type { ListedPrice, Price } from '../contracts/prices.ts';

/** Why a model has no price. */
export type UnknownPrice = 'fine_tuned' | 'unknown_model';

/** A price, and whose it is where that is known. */
type Candidate = Price & { source?: ListedPrice['source'] | undefined };

const DATE = /-\d{4}-\d{2}-\d{2}$/;
const SECONDS_PER_DAY = 86_400;

/**
 * The price of a model in force at a time, in Unix seconds; `null` when none is known. A dated name (`gpt-4o-2024-08-06`)
 * has the price of its base where it has none of its own. Of several prices in force of one name the user's own (`source`)
 * come before the others, then the latest counts, and of the same day the first in the list.
 */
export function findPrice<T extends Candidate>(prices: readonly T[], model: string, at: number): T | null {
  const day = new Date(Math.floor(at / SECONDS_PER_DAY) * SECONDS_PER_DAY * 1_000).toISOString().slice(0, 10);
  for (const name of namesOf(model)) {
    let found: T | null = null;
    for (const price of prices) {
      if (price.model !== name || (price.effective_from ?? '') > day) continue;
      if (!found || isBefore(price, found)) found = price;
    }
    if (found) return found;
  }
  return null;
}

/** Why a model that has no price has none. */
export function whyUnknown(model: string): UnknownPrice {
  return model.startsWith('ft:') ? 'fine_tuned' : 'unknown_model';
}

/** A later price in the built-in table does not take away what the user has set. */
function isBefore(price: Candidate, other: Candidate): boolean {
  if ((price.source === 'own') !== (other.source === 'own')) return price.source === 'own';
  return (price.effective_from ?? '') > (other.effective_from ?? '');
}

/** The names that a model may be listed under, the closest first. */
function namesOf(model: string): string[] {
  if (model.startsWith('ft:')) {
    const trained = model.split(':').slice(0, 2).join(':');
    return [model, trained, trained.replace(DATE, '')];
  }
  const base = model.replace(DATE, '');
  return [model, base, `${base}-latest`];
}
