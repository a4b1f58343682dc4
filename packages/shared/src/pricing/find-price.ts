import type { ListedPrice, Price } from '../contracts/prices.ts';

/** Why a model has no price. */
export type UnknownPrice = 'fine_tuned' | 'unknown_model';

/** A price, and whose it is where that is known. */
type Candidate = Price & { source?: ListedPrice['source'] | undefined };

const DATE = /-\d{4}-\d{2}-\d{2}$/;
const FINE_TUNED = 'ft:';
const MS_PER_SECOND = 1_000;

/**
 * The price of a model in force at a time, in Unix seconds; `null` when none is known. A dated name (`gpt-4o-2024-08-06`)
 * has the price of its base where it has none of its own, or of `<base>-latest`; a fine-tuned one (`ft:gpt-4o:…`) never has. Of several prices of
 * one name that are in force the user's own (`source`) come before the others, then the latest counts, and of the same day
 * the first in the list.
 */
export function findPrice<P extends Candidate>(prices: readonly P[], model: string, at: number): P | null {
  const day = new Date(at * MS_PER_SECOND).toISOString().slice(0, 'yyyy-mm-dd'.length);
  for (const name of namesOf(model)) {
    let found: P | null = null;
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
  return model.startsWith(FINE_TUNED) ? 'fine_tuned' : 'unknown_model';
}

/** A later price in the built-in table does not take away what the user has set. */
function isBefore(price: Candidate, other: Candidate): boolean {
  if ((price.source === 'own') !== (other.source === 'own')) return price.source === 'own';
  return (price.effective_from ?? '') > (other.effective_from ?? '');
}

/** The names that a model may be listed under, the closest first. */
function namesOf(model: string): string[] {
  if (model.startsWith(FINE_TUNED)) {
    // ft:gpt-4o-mini-2024-07-18:company::id: training is priced by the base, which users may list as ft:gpt-4o-mini.
    const trained = model.split(':').slice(0, 2).join(':');
    return [model, trained, trained.replace(DATE, '')];
  }
  const base = model.replace(DATE, '');
  return base === model ? [model] : [model, base, `${base}-latest`];
}
