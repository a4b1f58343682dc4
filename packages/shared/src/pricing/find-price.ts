import type { Price } from '../contracts/prices.ts';

/** Why a model has no price. */
export type UnknownPrice = 'fine_tuned' | 'unknown_model';

const DATE = /-\d{4}-\d{2}-\d{2}$/;
const FINE_TUNED = 'ft:';
const MS_PER_SECOND = 1_000;

/**
 * The price of a model in force at a time, in Unix seconds; `null` when none is known. A dated name (`gpt-4o-2024-08-06`)
 * has the price of its base where it has none of its own; a fine-tuned one (`ft:gpt-4o:…`) never has. Of several prices of
 * one name that are in force the latest counts, and of the same day the first in the list.
 */
export function findPrice<P extends Price>(prices: readonly P[], model: string, at: number): P | null {
  const day = new Date(at * MS_PER_SECOND).toISOString().slice(0, 'yyyy-mm-dd'.length);
  for (const name of namesOf(model)) {
    let found: P | null = null;
    for (const price of prices) {
      if (price.model !== name || (price.effective_from ?? '') > day) continue;
      if (!found || (price.effective_from ?? '') > (found.effective_from ?? '')) found = price;
    }
    if (found) return found;
  }
  return null;
}

/** Why a model that has no price has none. */
export function whyUnknown(model: string): UnknownPrice {
  return model.startsWith(FINE_TUNED) ? 'fine_tuned' : 'unknown_model';
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
